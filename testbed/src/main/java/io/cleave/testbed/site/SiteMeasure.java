package io.cleave.testbed.site;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The columns of a site's results. */
enum SiteMeasure {
  MEAN("mean_latency_ms", "mean ms", 0, row -> 1e3 * row.meanSeconds()),
  P50("p50_latency_ms", "p50 ms", 0, row -> 1e3 * row.p50Seconds()),
  P95("p95_latency_ms", "p95 ms", 0, row -> 1e3 * row.p95Seconds()),
  P99("p99_latency_ms", "p99 ms", 0, row -> 1e3 * row.p99Seconds()),
  MISSED("deadline_miss_percent", "missed %", 2, row -> 100 * row.missed()),
  HELPED("helped_percent", "helped %", 1, row -> 100 * row.helped()),
  FAIRNESS("jain_fairness", "Jain", 3, SiteRow::fairness),
  MEAN_USE("server_use_percent", "servers %", 1, row -> 100 * row.meanUse()),
  MOST_USE("busiest_server_percent", "busiest %", 1, row -> 100 * row.mostUse()),
  SWITCHES("switches_per_device_minute", "switches/min", 2, SiteRow::switchesPerMinute);

  private final String column;
  private final String title;
  private final int decimals;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference holds no state
  private final ToDoubleFunction<SiteRow> value;

  SiteMeasure(String column, String title, int decimals, ToDoubleFunction<SiteRow> value) {
    this.column = column;
    this.title = title;
    this.decimals = decimals;
    this.value = value;
  }

  String column() {
    return column;
  }

  /** As the terminal says it. */
  String title() {
    return title;
  }

  double of(SiteRow row) {
    return value.applyAsDouble(row);
  }

  String text(double number) {
    return String.format(Locale.ROOT, "%." + (decimals + 1) + "f", number);
  }

  /** For people: mean and spread. */
  String shortText(double mean, double deviation) {
    String format = "%." + decimals + "f";
    return Double.isNaN(deviation)
        ? String.format(Locale.ROOT, format, mean)
        : String.format(Locale.ROOT, format + " ± " + format, mean, deviation);
  }
}
