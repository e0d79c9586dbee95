package io.cleave.testbed.report;

import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.testbed.report.CsvTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a comparison says in a few sentences, computed from overall.csv, good news or not. */
final class Headline {
  private static final String MEAN = "mean_latency_ms";
  private static final String P99 = "p99_latency_ms";
  private static final String RIGHT = "right_in_time_percent";

  private final Overall overall;

  Headline(Overall overall) {
    this.overall = overall;
  }

  /** At least one sentence; the first is the one to remember. */
  List<String> sentences() {
    if (overall.cells() == 0) {
      return List.of(
          "The best cut never changes in this experiment, so there is nothing to plan for.",
          "Maybe the link is always fast enough for the server, or never. The figures of each"
              + " network and trace stand below.");
    }
    Optional<Row> own = overall.first(Origin.OWN);
    Optional<Row> rival = overall.lowest(Origin.PUBLISHED, MEAN);
    Optional<Row> subject = own.or(() -> rival);
    List<String> sentences = new ArrayList<>();
    subject.ifPresent(row -> right(row).ifPresent(sentences::add));
    subject.ifPresent(row -> sentences.add(first(row, rival)));
    subject.ifPresent(row -> gap(row, rival).ifPresent(sentences::add));
    subject.ifPresent(row -> sentences.add(tail(row)));
    subject.ifPresent(row -> risk(row, rival).ifPresent(sentences::add));
    own.ifPresent(row -> sentences.add(energy(row)));
    sentences.add(
        "All this over the %s of network, trace and seed in which the best cut changes at least once."
            .formatted(Words.count(overall.cells(), "cell", "cells")));
    return sentences;
  }

  /** Of networks with exits. */
  private Optional<String> right(Row subject) {
    if (Double.isNaN(subject.number(RIGHT))) {
      return Optional.empty();
    }
    String rival =
        overall
            .highest(Origin.PUBLISHED, RIGHT)
            .filter(row -> !same(row, subject))
            .map(
                row ->
                    "; %s, the best published method in that respect, %s"
                        .formatted(row.text("planner"), Words.share(row.number(RIGHT))))
            .orElse("");
    return Optional.of(
        "%s answers %s of the frames rightly and in time%s."
            .formatted(
                capital(subject.text("planner")), Words.share(subject.number(RIGHT)), rival));
  }

  private String first(Row subject, Optional<Row> rival) {
    List<String> parts = new ArrayList<>();
    rival
        .filter(row -> !same(row, subject))
        .ifPresent(
            row ->
                parts.add(
                    "%s than %s, the best published method"
                        .formatted(difference(subject, row, MEAN), row.text("planner"))));
    overall
        .first(Origin.CLAIRVOYANT)
        .ifPresent(
            row ->
                parts.add(
                    "%s than an oracle that knows the future"
                        .formatted(difference(subject, row, MEAN))));
    return "%s answers in %s on average%s."
        .formatted(
            capital(subject.text("planner")),
            Words.time(subject.number(MEAN)),
            parts.isEmpty() ? "" : ", " + String.join(", and ", parts));
  }

  private Optional<String> gap(Row subject, Optional<Row> rival) {
    double closed = subject.number("gap_closed_percent");
    return rival
        .filter(row -> !same(row, subject) && !Double.isNaN(closed))
        .map(
            row ->
                closed >= 0
                    ? "It closes %s of the gap between %s and the oracle."
                        .formatted(Words.percent(closed), row.text("planner"))
                    : "It opens the gap between %s and the oracle by another %s."
                        .formatted(row.text("planner"), Words.percent(-closed)));
  }

  private String tail(Row subject) {
    String plain =
        "One frame in a hundred takes %s or longer".formatted(Words.time(subject.number(P99)));
    return overall
        .lowest(Origin.PUBLISHED, P99)
        .filter(row -> !same(row, subject))
        .map(
            row ->
                "%s, against %s for %s, the best published method in that respect."
                    .formatted(plain, Words.time(row.number(P99)), row.text("planner")))
        .orElse(plain + ".");
  }

  /** What splitting risks, over all frames of the experiment. */
  private static Optional<String> risk(Row subject, Optional<Row> rival) {
    double worst = subject.number("worst_beyond_local_ms");
    if (Double.isNaN(worst)) {
      return Optional.empty();
    }
    String other =
        rival
            .filter(row -> !same(row, subject))
            .map(
                row ->
                    "; under %s one was %s later"
                        .formatted(
                            row.text("planner"), Words.time(row.number("worst_beyond_local_ms"))))
            .orElse("");
    String margin = worst < 0.05 ? "" : " by more than " + Words.time(worst);
    return Optional.of("No frame was later than on the device alone%s%s.".formatted(margin, other));
  }

  private static String energy(Row own) {
    double hedge = own.number("hedge_energy_j_per_frame");
    double all = own.number("energy_j_per_frame");
    return "The device spends %s a frame; %s of it (%s) is hedging: computing beside an answer that is awaited."
        .formatted(Words.joules(all), Words.joules(hedge), Words.percent(100 * hedge / all));
  }

  private static String difference(Row subject, Row other, String column) {
    double by = subject.number(column) - other.number(column);
    return "%s (%s) %s"
        .formatted(
            Words.time(Math.abs(by)),
            Words.percent(100 * Math.abs(by) / other.number(column)),
            by <= 0 ? "faster" : "slower");
  }

  private static boolean same(Row one, Row other) {
    return one.text("planner").equals(other.text("planner"));
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
