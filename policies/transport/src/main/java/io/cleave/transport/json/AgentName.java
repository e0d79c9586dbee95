package io.cleave.transport.json;

/**
 * How agents and sites are called: a letter or digit, then at most 63 letters, digits, dots,
 * underscores or hyphens, so that a name is one level of a topic and a file name anywhere. The
 * controller's topic lies beside the agents', so none is called {@value #RESERVED}.
 */
public final class AgentName {
  /** The rule, for messages to people. */
  public static final String RULE =
      "1..64 letters, digits, '.', '_' or '-', the first a letter or digit, and not 'controller'";

  /** The controller's place among the agents' topics. */
  public static final String RESERVED = "controller";

  private static final int LONGEST = 64;

  private AgentName() {}

  public static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > LONGEST || name.equals(RESERVED)) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letterOrDigit = c < 128 && Character.isLetterOrDigit(c);
      boolean inner = i > 0 && (c == '.' || c == '_' || c == '-');
      if (!letterOrDigit && !inner) {
        return false;
      }
    }
    return true;
  }

  /**
   * The name itself.
   *
   * @throws IllegalArgumentException if it breaks the rule
   */
  public static String valid(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "A name must be %s, not '%s'.".formatted(RULE, MalformedMessage.shown(name)));
    }
    return name;
  }
}
