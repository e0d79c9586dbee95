package io.cleave.testbed.report;

import static io.cleave.testbed.report.Html.escape;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** All planners on one network and trace, in the plane of latency and energy, as SVG. */
final class FrontPanel {
  private static final double LEFT = 62;
  private static final double TOP = 10;
  private static final double WIDTH = 290;
  private static final double HEIGHT = 190;
  private static final int COLOURS = 6;
  private static final int LABELS = 3; // along an axis
  private static final double MARGIN = 0.08; // of what is shown, on each side

  /**
   * A planner under a weight of energy.
   *
   * @param millis mean latency
   * @param joules a frame
   * @param onOwnFront true if no other point of the planner is better in both
   */
  record Dot(String planner, double weight, double millis, double joules, boolean onOwnFront) {}

  /**
   * What an axis shows.
   *
   * @param least at its begin
   * @param most at its end
   */
  private record Axis(double least, double most) {
    static Axis of(List<Dot> dots, ToDoubleFunction<Dot> value) {
      double least = dots.stream().mapToDouble(value).min().orElse(0);
      double most = dots.stream().mapToDouble(value).max().orElse(1);
      double margin = most > least ? MARGIN * (most - least) : MARGIN * Math.max(most, 1e-9);
      return new Axis(least - margin, most + margin);
    }

    double share(double value) {
      return (value - least) / (most - least);
    }

    boolean shows(double value) {
      return value >= least && value <= most;
    }

    double label(int number) {
      return least + (most - least) * (number + 0.5) / LABELS;
    }
  }

  private final List<Dot> dots;
  private final List<String> ours;
  private final Axis across;
  private final Axis up;

  /**
   * @param ours planners whose fronts are drawn as lines, the most important first
   */
  FrontPanel(List<Dot> dots, List<String> ours) {
    this.dots = List.copyOf(dots);
    this.ours = List.copyOf(ours);
    List<Dot> shown =
        dots.stream()
            .filter(dot -> dot.onOwnFront() && (ours.isEmpty() || ours.contains(dot.planner())))
            .toList();
    this.across = Axis.of(shown, Dot::millis);
    this.up = Axis.of(shown, Dot::joules);
  }

  /** The class of a planner's line, by its place among ours. */
  static int colour(int place) {
    return place % COLOURS;
  }

  String svg(String title) {
    StringBuilder svg =
        new StringBuilder("<svg class=\"front\" viewBox=\"0 0 370 238\" role=\"img\"");
    svg.append(" aria-label=\"Energy against latency: %s\">\n".formatted(escape(title)));
    axes(svg);
    dots.stream()
        .filter(dot -> !ours.contains(dot.planner()))
        .forEach(dot -> dot(svg, dot, "other"));
    for (int i = ours.size() - 1; i >= 0; i--) {
      line(svg, ours.get(i), colour(i));
    }
    return svg.append("</svg>\n").toString();
  }

  private void line(StringBuilder svg, String planner, int colour) {
    List<Dot> front =
        dots.stream()
            .filter(dot -> dot.planner().equals(planner) && dot.onOwnFront())
            .sorted(Comparator.comparingDouble(Dot::millis))
            .toList();
    StringBuilder path = new StringBuilder();
    for (Dot dot : front) {
      path.append(path.isEmpty() ? "M" : "L").append(x(dot.millis())).append(' ');
      path.append(y(dot.joules()));
    }
    svg.append("<path class=\"o%d\" d=\"%s\"/>\n".formatted(colour, path));
    front.forEach(dot -> dot(svg, dot, "d" + colour));
  }

  private void dot(StringBuilder svg, Dot dot, String type) {
    if (across.shows(dot.millis()) && up.shows(dot.joules())) {
      svg.append(
          "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3\"><title>%s at weight %s: %s, %s</title></circle>\n"
              .formatted(
                  type,
                  x(dot.millis()),
                  y(dot.joules()),
                  escape(dot.planner()),
                  dot.weight(),
                  Words.time(dot.millis()),
                  Words.joules(dot.joules())));
    }
  }

  private void axes(StringBuilder svg) {
    svg.append(
        "<path class=\"axis\" d=\"M%s %sv%sh%s\"/>\n"
            .formatted(px(LEFT), px(TOP), px(HEIGHT), px(WIDTH)));
    for (int i = 0; i < LABELS; i++) {
      svg.append(
          "<text class=\"mid\" x=\"%s\" y=\"%s\">%s</text>\n"
              .formatted(x(across.label(i)), px(TOP + HEIGHT + 18), Words.time(across.label(i))));
      svg.append(
          "<text class=\"end\" x=\"%s\" y=\"%s\" dy=\"4\">%s</text>\n"
              .formatted(px(LEFT - 6), y(up.label(i)), Words.joules(up.label(i))));
    }
  }

  private String x(double millis) {
    return px(LEFT + WIDTH * across.share(millis));
  }

  private String y(double joules) {
    return px(TOP + HEIGHT * (1 - up.share(joules)));
  }

  private static String px(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
