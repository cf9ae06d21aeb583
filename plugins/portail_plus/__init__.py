"""More for readers: off line, a selection, the toolbox, easy French"""
