package io.cleave.policies.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * At which of a network's exits frames may leave, and how sure it must be there. At the last of
 * them every frame leaves that is left.
 *
 * @param signal what the thresholds are compared with, and so which way is stricter
 * @param classes that the network tells apart, at least 2
 * @param exits that are asked, as places among the network's outputs, ascending, at least one
 * @param thresholds one for each exit but the last, each in the signal's range
 */
public record ExitRule(
    ExitSignal signal, int classes, List<Integer> exits, List<Double> thresholds) {
  private static final Pattern FORM =
      Pattern.compile("(entropy|confidence)/(\\d{1,9}):((?:\\d{1,6}<[0-9.E-]{1,30};)*\\d{1,6})");

  public ExitRule {
    exits = List.copyOf(exits);
    thresholds = List.copyOf(thresholds);
    if (classes < 2) {
      throw new IllegalArgumentException(
          "A network with exits must tell at least 2 classes apart, not %d.".formatted(classes));
    }
    if (exits.isEmpty()) {
      throw new IllegalArgumentException("A network has at least 1 exit, its last layer, not 0.");
    }
    for (int i = 0; i < exits.size(); i++) {
      if (exits.get(i) <= (i == 0 ? -1 : exits.get(i - 1))) {
        throw new IllegalArgumentException(
            "Exits are places among a network's outputs, from 0, and ascend; not %s."
                .formatted(exits));
      }
    }
    if (thresholds.size() != exits.size() - 1) {
      throw new IllegalArgumentException(
          "A network with %d exits takes %d thresholds, one for each exit but the last, not %d (%s). Maybe one was given for the last exit, at which every frame leaves."
              .formatted(exits.size(), exits.size() - 1, thresholds.size(), thresholds));
    }
    for (double value : thresholds) {
      check(signal, classes, value);
    }
  }

  /** All of a network's first exits, one more than there are thresholds. */
  public static ExitRule of(ExitSignal signal, int classes, int exits, List<Double> thresholds) {
    List<Integer> all = IntStream.range(0, exits).boxed().toList();
    return new ExitRule(signal, classes, all, thresholds);
  }

  /** One exit for all frames: the network ends there, and nothing is asked. */
  public static ExitRule only(int classes, int exit) {
    return new ExitRule(ExitSignal.ENTROPY, classes, List.of(exit), List.of());
  }

  /** In one word, without commas: {@code entropy/10:0<0.31;2<0.5;4}; exits are places from 0. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(signal.name().toLowerCase(Locale.ROOT)).append('/').append(classes).append(':');
    for (int i = 0; i < thresholds.size(); i++) {
      text.append(exits.get(i)).append('<').append(thresholds.get(i)).append(';');
    }
    return text.append(exits.get(exits.size() - 1)).toString();
  }

  /**
   * What {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ExitRule parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "A rule of exits is written like entropy/10:0<0.31;2<0.5;4, not \"%s\".".formatted(text));
    }
    List<Integer> exits = new ArrayList<>();
    List<Double> thresholds = new ArrayList<>();
    for (String part : form.group(3).split(";", -1)) {
      String[] sides = part.split("<", -1);
      exits.add(Integer.parseInt(sides[0]));
      if (sides.length == 2) {
        thresholds.add(Double.parseDouble(sides[1]));
      }
    }
    ExitSignal signal = ExitSignal.valueOf(form.group(1).toUpperCase(Locale.ROOT));
    return new ExitRule(signal, Integer.parseInt(form.group(2)), exits, thresholds);
  }

  /** How many exits are asked, the last included. */
  public int size() {
    return exits.size();
  }

  /**
   * True if a frame leaves here.
   *
   * @param place among the exits that are asked, from 0
   * @param value of the signal for this frame's answer; NaN leaves at the last exit only
   */
  public boolean leavesAt(int place, double value) {
    if (place < 0 || place >= exits.size()) {
      throw new IllegalArgumentException(
          "An exit must be in 0..%d, not %d.".formatted(exits.size() - 1, place));
    }
    return place == exits.size() - 1 || signal.leaves(value, thresholds.get(place));
  }

  private static void check(ExitSignal signal, int classes, double value) {
    double least = signal.least(classes);
    double greatest = signal.greatest(classes);
    if (!(value >= least && value <= greatest)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The threshold %s is not %s: for %d classes it must be in %.3f..%.3f, and %s.%s",
              value,
              signal.noun(),
              classes,
              least,
              greatest,
              signal.direction(),
              advice(signal, classes, value)));
    }
  }

  private static String advice(ExitSignal signal, int classes, double value) {
    ExitSignal other = signal == ExitSignal.ENTROPY ? ExitSignal.CONFIDENCE : ExitSignal.ENTROPY;
    boolean fits = value >= other.least(classes) && value <= other.greatest(classes);
    return fits
        ? " Maybe %s was meant.".formatted(other.noun())
        : " Maybe it is in per cent or in bits.";
  }
}
