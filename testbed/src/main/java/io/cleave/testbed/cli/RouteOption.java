package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route as people write it: {@code HOST:PORT}, or {@code LISTEN=HOST:PORT} with the port to
 * listen at.
 *
 * @param listenPort 0 for any free port
 */
record RouteOption(int listenPort, String host, int port) {
  private static final Pattern FORM = Pattern.compile("(?:(\\d{1,5})=)?(.+):(\\d{1,5})");
  private static final int LARGEST_PORT = 65_535;

  static RouteOption of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw wrong(text);
    }
    int listen = parts.group(1) == null ? 0 : Integer.parseInt(parts.group(1));
    int port = Integer.parseInt(parts.group(3));
    if (listen > LARGEST_PORT || port < 1 || port > LARGEST_PORT) {
      throw wrong(text);
    }
    return new RouteOption(listen, parts.group(2), port);
  }

  private static UserError wrong(String text) {
    return new UserError(
        ("'%s' is no route: it is HOST:PORT or LISTEN=HOST:PORT with ports up to 65535, such as"
                + " 7001=127.0.0.1:9000. LISTEN 0 is any free port.")
            .formatted(text));
  }
}
