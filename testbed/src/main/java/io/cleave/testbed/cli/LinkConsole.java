package io.cleave.testbed.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cleave.testbed.link.Link;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Steers a running link by lines of text; each is answered by one line. */
final class LinkConsole {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Link link;
  private final Duration from;
  private final PrintWriter out;

  /**
   * @param from where in the recording a beginning begins
   */
  LinkConsole(Link link, Duration from, PrintWriter out) {
    this.link = link;
    this.from = from;
    this.out = out;
  }

  /**
   * Obeys until there is no more to read.
   *
   * @return true if it was told to quit
   */
  boolean obey(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String command = line.strip();
      if (command.equals("quit")) {
        return true;
      }
      if (!command.isEmpty()) {
        out.println(answer(command));
        out.flush();
      }
    }
    return false;
  }

  /** Carries out one command. */
  String answer(String command) {
    switch (command.toLowerCase(Locale.ROOT)) {
      case "begin" -> begin(Instant.now());
      case "cut" -> link.cut();
      case "restore" -> link.restore();
      case "reset" -> link.reset();
      case "stats" -> {
        return stats();
      }
      default -> {
        return command.startsWith("begin ") ? beginAt(command.substring(6)) : unknown(command);
      }
    }
    return "ok " + command;
  }

  /** The beginning, as seen at this moment. */
  void begin(Instant moment) {
    link.begin(moment.minus(from));
  }

  /** A time of seconds since 1970, to the millisecond. */
  static Instant moment(double unixSeconds) {
    return Instant.ofEpochMilli(Math.round(unixSeconds * 1e3));
  }

  private String beginAt(String seconds) {
    try {
      begin(moment(Double.parseDouble(seconds)));
      return "ok begin " + seconds;
    } catch (NumberFormatException e) {
      return "error: '%s' are no seconds since 1970, such as 1764100800.5".formatted(seconds);
    }
  }

  private String stats() {
    try {
      return JSON.writeValueAsString(link.counts());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Counters cannot be written as JSON.", e);
    }
  }

  private static String unknown(String command) {
    return "error: '%s' is none of begin [UNIX_SECONDS], cut, restore, reset, stats, quit"
        .formatted(command);
  }
}
