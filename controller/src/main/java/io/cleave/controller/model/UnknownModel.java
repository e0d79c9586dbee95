package io.cleave.controller.model;

/** A network that nobody here has, or that cannot be read; the text says which and what to do. */
public final class UnknownModel extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownModel(String message) {
    super(message);
  }
}
