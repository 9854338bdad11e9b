"""The Workers AI side: which models there are, how each is called, what each answers."""
