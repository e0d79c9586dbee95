package io.cleave.testbed.chart;

import static io.cleave.testbed.chart.Panel.px;

import io.cleave.testbed.chart.Columns.Column;
import io.cleave.traces.Capacity;
import java.util.stream.IntStream;

/** One direction in its panel: every step if they fit, else the mean and the range of columns. */
final class RateCurve {
  /** One column a pixel pair; more steps than this could not be told apart. */
  private static final int MOST_STEPS = Panel.WIDTH / 2;

  private RateCurve() {}

  static boolean everyStep(Capacity way) {
    return way.steps() <= MOST_STEPS;
  }

  static Columns columns(Capacity way) {
    return Columns.of(way, MOST_STEPS);
  }

  /** The highest value that is drawn, in Mbit/s. */
  static double highest(Capacity way) {
    return everyStep(way)
        ? IntStream.range(0, way.steps()).mapToDouble(way::bitsPerSecond).max().orElse(0) / 1e6
        : columns(way).columns().stream().mapToDouble(Column::most).max().orElse(0);
  }

  static void draw(StringBuilder svg, Panel panel, Capacity way) {
    outages(svg, panel, way);
    if (everyStep(way)) {
      StringBuilder line = new StringBuilder("M" + Panel.LEFT + " " + px(panel.bottom()));
      for (int i = 0; i < way.steps(); i++) {
        line.append('V').append(px(panel.y(way.bitsPerSecond(i) / 1e6)));
        line.append('H').append(px(panel.x(way.startSeconds(i + 1))));
      }
      svg.append("<path class=\"area\" d=\"%sV%sZ\"/>\n".formatted(line, px(panel.bottom())));
      svg.append("<path class=\"rate\" d=\"%s\"/>\n".formatted(line));
    } else {
      columns(svg, panel, columns(way));
    }
    double mean = way.meanBitsPerSecond() / 1e6;
    svg.append(
        "<path class=\"mean\" d=\"M%d %sh%d\"><title>mean</title></path>\n"
            .formatted(Panel.LEFT, px(panel.y(mean)), Panel.WIDTH));
  }

  private static void columns(StringBuilder svg, Panel panel, Columns columns) {
    StringBuilder band = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.columns().size(); i++) {
      Column column = columns.columns().get(i);
      String x = px(panel.x(i * columns.seconds()));
      String next = px(panel.x((i + 1) * columns.seconds()));
      String top = px(panel.y(column.most()));
      String low = px(panel.y(column.least()));
      band.append("M%s %sH%sV%sH%sZ".formatted(x, top, next, low, x));
      line.append(i == 0 ? "M" + x + " " : "V").append(px(panel.y(column.mean())));
      line.append('H').append(next);
    }
    svg.append("<path class=\"band\" d=\"%s\"/>\n".formatted(band));
    svg.append("<path class=\"rate\" d=\"%s\"/>\n".formatted(line));
  }

  private static void outages(StringBuilder svg, Panel panel, Capacity way) {
    for (Outage outage : Outage.of(way)) {
      double left = panel.x(outage.start());
      double width = Math.max(1, panel.x(outage.end()) - left); // a short one stays visible
      svg.append(
          "<rect class=\"outage\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%d\">"
              .formatted(px(left), px(panel.top()), px(width), Panel.HEIGHT));
      svg.append(
          "<title>outage of %s s from %s s</title></rect>\n"
              .formatted(ShortNumber.of(outage.seconds()), ShortNumber.of(outage.start())));
    }
  }
}
