package io.cleave.agents.settings;

/** A setting that cannot be used; the message is one line that names it and says what would do. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SettingsException(String message) {
    super(message);
  }
}
