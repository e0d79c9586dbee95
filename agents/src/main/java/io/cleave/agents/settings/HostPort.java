package io.cleave.agents.settings;

/**
 * Where something listens.
 *
 * @param host name or address, without brackets
 * @param port in 1..65535
 */
public record HostPort(String host, int port) {
  public HostPort {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new SettingsException(
          "An address needs a host and a port in 1..65535, not '%s' and %d.".formatted(host, port));
    }
  }

  /**
   * Reads {@code host:port}, an IPv6 host in brackets.
   *
   * @throws SettingsException if it is anything else
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new SettingsException("An address is written host:port, not '%s'.".formatted(text));
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new HostPort(
        bracketed ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
