package io.cleave.testbed.cli;

import io.cleave.traces.Capacity;
import io.cleave.traces.CapacityFigures;
import io.cleave.traces.Trace;
import java.util.Locale;

/** A trace as a picture that needs nothing else: one panel a direction, outages shaded. */
final class TraceSvg {
  private static final int WIDTH = 960;
  private static final int PANEL = 240;
  private static final int LEFT = 64;
  private static final int PLOT_WIDTH = WIDTH - LEFT - 20;
  private static final int PLOT_HEIGHT = 160;
  private static final int TOP = 60;
  private static final double OUTAGE_BITS_PER_SECOND = 1e5;

  private final StringBuilder out = new StringBuilder();

  private TraceSvg() {}

  static String of(Trace trace) {
    TraceSvg svg = new TraceSvg();
    int height = TOP + (trace.oneWay() ? 1 : 2) * PANEL;
    svg.add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
            + " font-family='sans-serif' font-size='12'>",
        WIDTH, height, WIDTH, height);
    svg.add("<rect width='100%%' height='100%%' fill='white'/>");
    svg.add("<text x='%d' y='24' font-size='16'>%s</text>", LEFT, escaped(trace.name()));
    svg.add("<text x='%d' y='42' fill='#666'>%s</text>", LEFT, escaped(trace.source()));
    svg.panel(trace.oneWay() ? "both directions" : "down", trace.down(), TOP, "#1f77b4");
    if (!trace.oneWay()) {
      svg.panel("up", trace.up(), TOP + PANEL, "#d95f02");
    }
    svg.add("</svg>");
    return svg.out.toString();
  }

  private void panel(String title, Capacity whole, int top, String colour) {
    Capacity capacity = fine(whole);
    double highest = Math.max(CapacityFigures.of(capacity).maxMbps() * 1e6, 1);
    double period = whole.periodSeconds();
    int bottom = top + 30 + PLOT_HEIGHT;
    add(
        "<text x='%d' y='%d'>%s: mean %.2f Mbit/s</text>",
        LEFT, top + 18, title, whole.meanBitsPerSecond() / 1e6);
    outages(capacity, period, bottom);
    for (int i = 0; i <= 4; i++) {
      double y = bottom - i * PLOT_HEIGHT / 4.0;
      add("<path d='M%d %.1fh%d' stroke='#ddd'/>", LEFT, y, PLOT_WIDTH);
      add(
          "<text x='%d' y='%.1f' text-anchor='end'>%.4g</text>",
          LEFT - 6, y + 4, highest * i / 4 / 1e6);
    }
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < capacity.steps(); i++) {
      double y = bottom - capacity.bitsPerSecond(i) / highest * PLOT_HEIGHT;
      path.append(
          String.format(
              Locale.ROOT,
              "%s%.1f %.1fH%.1f",
              i == 0 ? "M" : "L",
              x(capacity.startSeconds(i), period),
              y,
              x(capacity.startSeconds(i + 1), period)));
    }
    add("<path d='%s' fill='none' stroke='%s' stroke-width='1.2'/>", path, colour);
    for (int i = 0; i <= 4; i++) {
      add(
          "<text x='%.1f' y='%d' text-anchor='middle'>%.4g s</text>",
          x(period * i / 4, period), bottom + 18, period * i / 4);
    }
  }

  private void outages(Capacity capacity, double period, int bottom) {
    for (int i = 0; i < capacity.steps(); i++) {
      if (capacity.bitsPerSecond(i) < OUTAGE_BITS_PER_SECOND) {
        double from = x(capacity.startSeconds(i), period);
        add(
            "<rect x='%.1f' y='%d' width='%.1f' height='%d' fill='#f4cccc'/>",
            from,
            bottom - PLOT_HEIGHT,
            x(capacity.startSeconds(i + 1), period) - from,
            PLOT_HEIGHT);
      }
    }
  }

  /** As it is, or means over the width of a pixel. */
  private static Capacity fine(Capacity whole) {
    return whole.steps() <= PLOT_WIDTH ? whole : whole.pooled(whole.periodSeconds() / PLOT_WIDTH);
  }

  private static double x(double seconds, double period) {
    return LEFT + seconds / period * PLOT_WIDTH;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
