package io.cleave.agents.dnn;

/** A model is nowhere to be had; the message is one line that says where it was looked for. */
public final class ModelMissingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ModelMissingException(String message) {
    super(message);
  }
}
