"""What tags are apart from their rows: names that nest, files that rename many, which tags fit a paper."""
