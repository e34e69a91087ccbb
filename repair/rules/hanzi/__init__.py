"""H: Chinese readings and forms that do not belong: annotations, traditional/simplified."""
