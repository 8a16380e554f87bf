"""Who works with whom, how strongly: measures, sentences, layout and drawing."""
