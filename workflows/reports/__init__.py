"""Documents made of answers, dates and templates: values in, bytes out."""
