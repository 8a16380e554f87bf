"""The story of the Community Equipment Service, told by hand: a sound deal and a relationship that fails.

Two funders and a firm start well; then nobody meets for half a year; then beds come late, money is held back and
promises are broken by both sides.
"""

from register.exchange.example.outlines import Telling, Vow

_ALL = ("adults", "icb", "varrow")
_PAIR = ("adults", "varrow")
_ELEVEN = (
    "Eleven people came home from hospital to houses without a bed. Varrowby’s weekend crew had been stood down two "
    "months before; neither funder knew. Prescribers went on ordering for weekends."
)

_GOOD_START = (
    Telling(543, "board", _ALL,
            "First quarterly board under the new contract. Deliveries inside five days reached 94%. Varrowby showed "
            "the depot figures item by item without being asked; both funders agreed to share prescriber numbers "
            "monthly.",
            (("adults", "varrow", "openness", 5, "Depot figures shown item by item, unasked"),
             ("adults", "varrow", "ability", 5, "94% delivered inside five days"),
             ("varrow", "adults", "understanding", 4, "Prescriber numbers offered before they were asked for"),
             ("icb", "varrow", "ability", 4, "Hospital beds delivered the same day"),
             ("varrow", "icb", "openness", 4, "Shared its forecast of hospital discharges")),
            (Vow("adults", "varrow", "Send prescriber numbers by the fifth of each month", 21, "kept", 19),)),
    Telling(520, "site_visit", _PAIR,
            "Walked the cleaning line at the depot. Items pass in four hours; each is tagged. Two of our occupational "
            "therapists will train the crews in fitting hoists.",
            (("adults", "varrow", "ability", 4, "Cleaning line passes an item in four hours"),
             ("varrow", "adults", "fairness", 4, "Therapists lent without charge")),
            (Vow("adults", "varrow", "Train two crews in fitting hoists", 30, "kept", 28),
             Vow("varrow", "adults", "Tag the old stock", 45, "kept", 41))),
    Telling(498, "call", _PAIR,
            "Varrowby rang about a recalled pressure mattress before the notice came out. Sixty-two people had one; "
            "all were swapped in a week.",
            (("adults", "varrow", "openness", 5, "Rang before the recall notice came out"),
             ("varrow", "adults", "integrity", 4, "Agreed to pay for the swaps on the spot"))),
    Telling(470, "meeting", _ALL,
            "Recycling stands at 71% of items, just over target. The ICB asked for bariatric beds on the day; Varrowby "
            "explained what that costs and we settled on two held at the General.",
            (("icb", "varrow", "understanding", 4, "Explained the cost and offered a way round it"),
             ("varrow", "icb", "fairness", 4, "Took the cheaper way when it was explained"),
             ("adults", "icb", "openness", 4, "Brought its own figures"),
             ("icb", "adults", "consistency", 4, "Same line as in the last three meetings")),
            (Vow("varrow", "icb", "Hold two bariatric beds at the General", 20, "kept", 14),)),
    Telling(447, "board", _ALL,
            "Second board. Complaints halved. The price uplift was discussed openly; we said when the decision would "
            "come and it will be on time.",
            (("adults", "varrow", "consistency", 4, "Third report in the same form"),
             ("varrow", "adults", "openness", 4, "Told us how the uplift is worked out"),
             ("icb", "adults", "fairness", 4, "Took its half of the uplift"),
             ("adults", "icb", "fairness", 4, "Took its half of the uplift")),
            (Vow("adults", "varrow", "Decide on the price uplift", 35, "kept", 33),)),
    Telling(421, "workshop", _ALL,
            "Prescribers and drivers spent a morning together. Half of wrong orders come from one field of the form. "
            "The form is to be changed by both funders.",
            (("adults", "varrow", "understanding", 5, "Drivers knew which orders go wrong and why"),
             ("varrow", "adults", "ability", 3, "The form will take two months to change"),
             ("varrow", "icb", "ability", 3, "The form will take two months to change")),
            (Vow("adults", "varrow", "Change the order form", 60, "late", 74, "Two weeks late, after testing"),)),
    Telling(396, "review", _ALL,
            "Annual review. 94% on time over the year, 71% lent again, £140,000 saved. The value was raised for a "
            "second van crew. Each side scored the other; nobody scored below fair.",
            (("adults", "varrow", "ability", 4, "94% on time over the year"),
             ("adults", "varrow", "integrity", 4, "Returned an overpayment we had missed"),
             ("varrow", "adults", "fairness", 4, "Uplift and second crew both agreed"),
             ("varrow", "adults", "consistency", 3, "Order form late"),
             ("icb", "varrow", "consistency", 4, "No report late in the year"),
             ("varrow", "icb", "openness", 4, "Both forecasts of the year shared"),
             ("adults", "icb", "consistency", 4, "At every board"),
             ("icb", "adults", "openness", 4, "Budget shared line by line"))),
    Telling(368, "call", _PAIR,
            "The second crew starts a month early. Varrowby asked whom to ring about invoices now that our finance "
            "officer has left; we said that we would let them know.",
            (("varrow", "adults", "openness", 3, "No name yet for invoices"),
             ("adults", "varrow", "ability", 4, "Second crew hired a month early")),
            (), 2),
    Telling(341, "board", _ALL,
            "Fourth board, short. Figures in order. Three people sent apologies and the next date was left open.",
            (("adults", "varrow", "consistency", 4, "Figures in order"),
             ("varrow", "adults", "consistency", 3, "No date for the next board")),
            (Vow("adults", "varrow", "Set a date for the next board", 30, "withdrawn", 60,
                 "Overtaken by the reorganisation"),)),
)

_TROUBLE = (
    Telling(176, "incident", _ALL,
            "Nine people came home from hospital to houses without a bed. Varrowby’s weekend crew had been stood down "
            "two months before; neither funder knew. Prescribers went on ordering for weekends.",
            (("adults", "varrow", "openness", 1, "Weekend crew stood down without a word to us"),
             ("adults", "varrow", "ability", 2, "Nine beds missing over one weekend"),
             ("varrow", "adults", "understanding", 1, "Weekend orders doubled with no forecast"),
             ("icb", "varrow", "openness", 2, "The wards found out from the families")),
            (Vow("varrow", "adults", "Put the weekend crew back", 21, "broken", 24,
                 "Two weekends of four were covered"),
             Vow("adults", "varrow", "Send a weekly forecast of weekend orders", 14, "late", 30)), 1,
            (6, _ELEVEN,
             "The General’s ward list shows eleven people, not nine")),
    Telling(165, "call", _PAIR,
            "Varrowby say that the crew was stood down because three months’ invoices were unpaid, £268,000 in all. "
            "Our ledger shows them as received and not approved. Nobody had been named to approve them.",
            (("varrow", "adults", "integrity", 2, "£268,000 unpaid, none of it contested"),
             ("varrow", "adults", "openness", 1, "Five messages to a mailbox that nobody reads"),
             ("adults", "varrow", "understanding", 3, "Could have rung before acting")),
            (Vow("adults", "varrow", "Pay the three months’ invoices", 24, "broken", 31, "Two of three paid"),)),
    Telling(152, "meeting", _ALL,
            "Emergency meeting. The ICB offered to pay its share direct. We took that away. Varrowby said that it will "
            "keep beds first and collections last.",
            (("varrow", "icb", "fairness", 5, "Offered to pay its share direct"),
             ("icb", "varrow", "integrity", 3, "Said plainly what would be dropped first"),
             ("varrow", "adults", "understanding", 1, "Could not say who decides"),
             ("icb", "adults", "ability", 3, "No answer on paying direct"),
             ("adults", "icb", "fairness", 5, "Offered a way out at its own cost")),
            (Vow("adults", "icb", "Answer on paying direct", 20, "late", 41),)),
    Telling(139, "board", _ALL,
            "First board in 202 days. On-time delivery 78%. 640 items are past their collection date. Papers from us "
            "came on the day; Varrowby’s staffing figures were incomplete.",
            (("adults", "varrow", "consistency", 2, "Staffing figures incomplete"),
             ("varrow", "adults", "consistency", 2, "Papers came on the day"),
             ("icb", "varrow", "ability", 3, "Same-day beds still held")),
            (Vow("varrow", "adults", "Send a full list of stock out on loan", 21, "late", 44,
                 "Came with 300 items unplaced"),)),
    Telling(127, "dispute", _PAIR,
            "We withheld £112,400 for items not collected, by letter from finance, with no call beforehand. Varrowby "
            "disputes the count and says that the contract asks for a meeting first. It does: clause 14.",
            (("varrow", "adults", "fairness", 1, "£112,400 held back without the meeting that clause 14 asks for"),
             ("varrow", "adults", "openness", 1, "Learned of it from the remittance slip"),
             ("adults", "varrow", "integrity", 2, "Stock list and claims do not agree"))),
    Telling(118, "call", _PAIR,
            "Their managing director rang ours. Polite and short. They ask for £112,400 or a reason within four weeks. "
            "We promised an answer.",
            (("varrow", "adults", "understanding", 2, "Had not read clause 14 before acting"),),
            (Vow("adults", "varrow", "Give a reasoned answer on the £112,400", 28, "renegotiated", 30,
                 "Asked for more time to count the stock"),), 4),
    Telling(104, "site_visit", _PAIR,
            "Counted stock in the depot together: 412 of the 640 items are there, not scanned. Both lists were wrong. "
            "The crews were friendly, the managers less so.",
            (("adults", "varrow", "ability", 2, "412 items on the shelf and not scanned"),
             ("varrow", "adults", "fairness", 3, "Came to count and wrote down what was there")),
            (Vow("varrow", "adults", "Scan everything in the depot", 28, "broken", 33,
                 "Scanner trial stopped after a week"),)),
    Telling(92, "meeting", _ALL,
            "Went through the count. Deduction should be about £31,000 on our figures. Finance will not release the "
            "rest until audit has looked. Varrowby’s people packed up before the end.",
            (("varrow", "adults", "integrity", 1, "Agreed the count, then did not release the money"),
             ("varrow", "icb", "understanding", 4, "Asked what would help tomorrow"),
             ("icb", "adults", "consistency", 2, "Two of their managers gave two answers")), (), 26),
    Telling(78, "incident", _ALL,
            "A hoist failed its load test in a home in Tilverley, past its inspection date. Nobody hurt. Varrowby says "
            "that the inspection list is ours; the contract says that it is theirs.",
            (("adults", "varrow", "ability", 1, "Hoist in use past its inspection date"),
             ("icb", "varrow", "integrity", 2, "First answer was whose list it is"),
             ("varrow", "adults", "understanding", 2, "Inspection funding was cut last year")),
            (Vow("varrow", "adults", "Inspect every hoist that is out", 25, "late", 36, "All done, eleven days late"),
             Vow("adults", "varrow", "Pay undisputed invoices within thirty days", 30, "broken", 35,
                 "Two invoices at forty-four days"))),
    Telling(64, "board", _ALL,
            "Board with both directors. On-time delivery 74%. The ICB asked for one joint plan. Varrowby asked again "
            "for one named person for invoices. We said yes.",
            (("varrow", "adults", "openness", 2, "Third time of asking for a name"),
             ("adults", "varrow", "consistency", 2, "74% on time, after 78%"),
             ("icb", "adults", "understanding", 3, "Heard the request for a joint plan"),
             ("adults", "icb", "integrity", 4, "Said the same to both sides")),
            (Vow("adults", "varrow", "Name one person for invoices", 18),
             Vow("varrow", "adults", "Bring a staffing plan for evenings and weekends", 24),
             Vow("icb", "varrow", "Pay its own share direct from next month", 25, "kept", 24))),
    Telling(50, "call", _PAIR,
            "Varrowby’s operations manager is leaving. She had been our only steady line to them. No successor is "
            "named.",
            (("adults", "varrow", "consistency", 2, "No successor for the operations manager"),)),
    Telling(37, "dispute", _PAIR,
            "Varrowby has stopped collections in the north of the county until the £112,400 is answered. Their letter "
            "quotes three dates that we gave and did not keep.",
            (("varrow", "adults", "integrity", 1, "Three dates given for an answer, none kept"),
             ("varrow", "adults", "consistency", 1, "Three managers, three answers"),
             ("adults", "varrow", "fairness", 1, "Collections stopped with five days’ notice")),
            (Vow("adults", "varrow", "Give the final answer on the £112,400", 21),)),
    Telling(26, "meeting", _ALL,
            "The ICB chaired. Both sides put dates on a page. Varrowby will collect what blocks front doors. It was "
            "the first meeting since the count in which nobody interrupted.",
            (("varrow", "icb", "fairness", 5, "Chaired and gave both sides equal time"),
             ("adults", "icb", "ability", 5, "Dates on a page at the end"),
             ("varrow", "adults", "openness", 2, "Finance was not in the room"),
             ("adults", "varrow", "understanding", 3, "Agreed to move what blocks front doors")),
            (Vow("varrow", "adults", "Collect items that block front doors", 14, "kept", 12),)),
    Telling(15, "call", _PAIR,
            "Collected 38 items from hallways. Finance has the audit note on the £112,400 and has not yet signed. I "
            "could not say when.",
            (("adults", "varrow", "ability", 3, "38 items collected in nine days"),
             ("varrow", "adults", "integrity", 2, "The note is there and the money is not"))),
    Telling(6, "board", _ALL,
            "Board. Collections run again in the north, beds at 81% on time. Varrowby asked whether we mean to give "
            "notice. We said that no decision is taken. The plan for weekends was not ready.",
            (("adults", "varrow", "ability", 3, "81% on time, up from 74%"),
             ("varrow", "adults", "openness", 1, "No straight answer about notice"),
             ("icb", "varrow", "ability", 3, "Beds back at 81%"),
             ("icb", "adults", "fairness", 3, "Left Varrowby guessing")),
            (Vow("adults", "varrow", "Say whether notice will be given", 21),
             Vow("varrow", "adults", "Keep the weekend crew for twelve weeks", 80))),
)

EQUIPMENT_STORY = _GOOD_START + _TROUBLE
