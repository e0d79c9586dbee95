package io.cleave.testbed.chart;

import static io.cleave.testbed.chart.Panel.px;

import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * A recording as one SVG that needs nothing else: a panel for each recorded direction, and one for
 * the round trip if it was measured. Light or dark as the reader's system is.
 */
public final class TraceSvg {
  private static final int GAP = 74;
  private static final int HEAD = 92;
  private static final String STYLE =
      """
      <style>
      :root { --paper: #ffffff; --ink: #1b2330; --soft: #5d6878; --line: #dde2e9; --rate: #1f6fb4;
        --rtt: #8a5a00; --alarm: #c8323c; }
      @media (prefers-color-scheme: dark) { :root { --paper: #14181f; --ink: #e8ecf2;
        --soft: #9aa5b5; --line: #2c3441; --rate: #6cb2f0; --rtt: #e0b04c; --alarm: #ff6b73; } }
      text { font: 13px system-ui, sans-serif; fill: var(--soft); }
      .name { font-size: 20px; font-weight: 600; fill: var(--ink); }
      .title { font-size: 14px; font-weight: 600; fill: var(--ink); }
      .end { text-anchor: end; } .mid { text-anchor: middle; }
      .paper { fill: var(--paper); }
      .grid, .axis, .rate, .mean, .rtt { fill: none; }
      .grid { stroke: var(--line); } .axis { stroke: var(--soft); }
      .rate { stroke: var(--rate); stroke-width: 1.3; }
      .area, .band { fill: var(--rate); fill-opacity: 0.16; } .band { fill-opacity: 0.3; }
      .mean { stroke: var(--ink); stroke-dasharray: 6 4; stroke-opacity: 0.7; }
      .rtt { stroke: var(--rtt); stroke-width: 1.3; }
      .outage { fill: var(--alarm); fill-opacity: 0.28; }
      </style>
      """;

  private TraceSvg() {}

  public static void write(Trace trace, Appendable text) throws IOException {
    boolean two = trace.up() != trace.down();
    boolean rtt = trace.roundTrip().isMeasured();
    int panels = 1 + (two ? 1 : 0) + (rtt ? 1 : 0);
    int height = HEAD + panels * (Panel.HEIGHT + GAP) - GAP + 56;
    StringBuilder svg = new StringBuilder();
    head(svg, trace, height);
    double top = HEAD;
    rates(svg, top, two ? "Down" : "Both directions (one was recorded)", trace.down(), panels == 1);
    if (two) {
      top += Panel.HEIGHT + GAP;
      rates(svg, top, "Up", trace.up(), !rtt);
    }
    if (rtt) {
      roundTrip(svg, top + Panel.HEIGHT + GAP, trace);
    }
    text.append(svg).append("</svg>\n");
  }

  private static void head(StringBuilder svg, Trace trace, int height) {
    int width = Panel.LEFT + Panel.WIDTH + 40;
    String name = escape(trace.name());
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
            .formatted(width, height));
    svg.append("<title>%s: capacity over time</title>\n".formatted(name)).append(STYLE);
    svg.append("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n".formatted(width, height));
    svg.append("<text class=\"name\" x=\"%d\" y=\"32\">%s</text>\n".formatted(Panel.LEFT, name));
    svg.append(
        "<text x=\"%d\" y=\"53\">%s</text>\n"
            .formatted(Panel.LEFT, escape(shortened(trace.source()))));
  }

  private static void rates(
      StringBuilder svg, double top, String title, Capacity way, boolean last) {
    boolean every = RateCurve.everyStep(way);
    double highest = RateCurve.highest(way);
    Panel panel = new Panel(top, way.periodSeconds(), Ticks.upTo(highest, 5));
    panel.frame(svg, title, "Capacity, Mbit/s");
    String note =
        "dashed: mean %s Mbit/s; %sred: %s"
            .formatted(
                ShortNumber.of(way.meanBitsPerSecond() / 1e6),
                every ? "" : means(RateCurve.columns(way).seconds()),
                Outage.MEANING);
    note(svg, top, note);
    RateCurve.draw(svg, panel, way);
    panel.times(svg, last);
  }

  /** Columns shorter than two seconds have no parts to compare. */
  private static String means(double seconds) {
    String line = "line: means of %s s".formatted(ShortNumber.of(seconds));
    return seconds < 2 ? line + "; " : line + ", band: their range; ";
  }

  private static void roundTrip(StringBuilder svg, double top, Trace trace) {
    RoundTrip rtt = trace.roundTrip();
    double[] millis =
        IntStream.range(0, rtt.samples())
            .mapToDouble(i -> 1e3 * rtt.at(rtt.timeSeconds(i)))
            .toArray();
    double highest = IntStream.range(0, millis.length).mapToDouble(i -> millis[i]).max().orElse(1);
    Panel panel = new Panel(top, trace.periodSeconds(), Ticks.upTo(highest, 5));
    panel.frame(svg, "Round trip, measured", "Round trip, ms");
    StringBuilder line = new StringBuilder("M%d %s".formatted(Panel.LEFT, px(panel.y(millis[0]))));
    for (int i = 1; i < millis.length; i++) {
      line.append('H').append(px(panel.x(rtt.timeSeconds(i))));
      line.append('V').append(px(panel.y(millis[i])));
    }
    line.append('H').append(Panel.LEFT + Panel.WIDTH);
    svg.append("<path class=\"rtt\" d=\"%s\"/>\n".formatted(line));
    panel.times(svg, true);
  }

  private static void note(StringBuilder svg, double top, String text) {
    svg.append(
        "<text class=\"end\" x=\"%d\" y=\"%s\">%s</text>\n"
            .formatted(Panel.LEFT + Panel.WIDTH, px(top - 12), text));
  }

  private static String shortened(String text) {
    return text.length() > 150 ? text.substring(0, 147) + "..." : text;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
