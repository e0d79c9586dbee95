package io.cleave.testbed.chart;

/**
 * A strip of the picture with axes of its own; times in seconds, values in the axis's unit.
 *
 * @param top of the plot, in pixels from the picture's top
 * @param period seconds from left to right
 * @param ticks of the vertical axis
 */
record Panel(double top, double period, Ticks ticks) {
  static final int LEFT = 76;
  static final int WIDTH = 1064;
  static final int HEIGHT = 190;

  double x(double seconds) {
    return LEFT + WIDTH * seconds / period;
  }

  double y(double value) {
    return top + HEIGHT * (1 - value / ticks.top());
  }

  double bottom() {
    return top + HEIGHT;
  }

  /** Title, grid, labels and the vertical axis's title. */
  void frame(StringBuilder svg, String title, String unit) {
    svg.append(
        "<text class=\"title\" x=\"%d\" y=\"%s\">%s</text>\n".formatted(LEFT, px(top - 12), title));
    for (int tick = 0; tick <= ticks.count(); tick++) {
      String y = px(y(tick * ticks.step()));
      svg.append(
          "<path class=\"%s\" d=\"M%d %sh%d\"/>"
              .formatted(tick == 0 ? "axis" : "grid", LEFT, y, WIDTH));
      svg.append(
          "<text class=\"end\" x=\"%d\" y=\"%s\" dy=\"4\">%s</text>\n"
              .formatted(LEFT - 8, y, ticks.label(tick)));
    }
    String middle = px(top + HEIGHT / 2.0);
    svg.append(
        "<text class=\"mid\" transform=\"translate(20 %s) rotate(-90)\">%s</text>\n"
            .formatted(middle, unit));
  }

  /** Marks and labels of the time axis; the last panel has its title, too. */
  void times(StringBuilder svg, boolean last) {
    TimeAxis axis = TimeAxis.of(period);
    Ticks marks = Ticks.upTo(period / axis.seconds(), 10);
    for (int i = 0; i * marks.step() * axis.seconds() <= period * (1 + 1e-9); i++) {
      String x = px(x(i * marks.step() * axis.seconds()));
      svg.append("<path class=\"axis\" d=\"M%s %sv5\"/>".formatted(x, px(bottom())));
      svg.append(
          "<text class=\"mid\" x=\"%s\" y=\"%s\">%s</text>\n"
              .formatted(x, px(bottom() + 19), marks.label(i)));
    }
    if (last) {
      svg.append(
          "<text class=\"mid\" x=\"%s\" y=\"%s\">Time, %s</text>\n"
              .formatted(px(LEFT + WIDTH / 2.0), px(bottom() + 40), axis.unit()));
    }
  }

  static String px(double value) {
    return Ticks.fixed(value, 1);
  }
}
