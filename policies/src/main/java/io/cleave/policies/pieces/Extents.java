package io.cleave.policies.pieces;

/**
 * What a span of one tensor asks of each tensor before it, in closed form: what begins with place
 * {@code from} asks from place {@code max(0, scale from - before)} on, and what ends with place
 * {@code to} up to {@code min(most, scale to + behind)}. So nothing is traversed or remembered for
 * each span, of which a planner asks for thousands.
 *
 * <p><b>Source:</b> our own: windows are affine but for the ends of the tensor, and to cut off
 * there can wait until the last window. <b>Complexity:</b> O(1) a question. <b>Assumes</b> that
 * readers of one tensor ask in the same scale, as branches do that join, that the one that reaches
 * further does so at the end of the tensor too, and that no window lies in the padding; where that
 * is not so, {@link #steady()} is false and each span is traversed.
 */
final class Extents {
  private static final int FORM = 5; // figures of a tensor, side by side as they are asked for
  private static final int LENGTH = 0;
  private static final int SCALE = 1;
  private static final int BEFORE = 2;
  private static final int BEHIND = 3;
  private static final int MOST = 4;

  private final long[] forms; // [FORM x place + figure]
  private boolean steady = true;

  private Extents(long[] length) {
    this.forms = new long[FORM * length.length];
    for (int place = 0; place < length.length; place++) {
      forms[FORM * place + LENGTH] = length[place];
    }
  }

  /**
   * Of a span that asks for itself alone, so far.
   *
   * @param length [place] of each tensor
   * @param output place of the tensor of which the span is
   */
  static Extents growing(long[] length, int output) {
    Extents extents = new Extents(length);
    extents.set(output, 1, 0, 0, length[output]);
    return extents;
  }

  /**
   * What one span asks, as Track traverses it.
   *
   * @param spans [2 x place] where it begins and, behind that, where it ends
   */
  static Extents fixed(long[] length, long[] spans) {
    Extents extents = new Extents(length);
    for (int place = 0; place < length.length; place++) {
      long end = spans[2 * place + 1];
      extents.set(place, 0, -spans[2 * place], end, end);
    }
    return extents;
  }

  private void set(int place, long scale, long before, long behind, long most) {
    forms[FORM * place + SCALE] = scale;
    forms[FORM * place + BEFORE] = before;
    forms[FORM * place + BEHIND] = behind;
    forms[FORM * place + MOST] = most;
  }

  /** A layer reads all of a tensor, whatever is made. */
  void everything(int input) {
    set(input, 0, 0, length(input), length(input));
  }

  /** A layer reads a tensor through a window; what it makes is asked for already. */
  void window(int made, int input, long stride, long padding, long reach) {
    long scale = stride * form(made, SCALE);
    long before = stride * form(made, BEFORE) + padding;
    long behind = stride * (form(made, BEHIND) - 1) - padding + reach;
    long most = Math.min(length(input), stride * (form(made, MOST) - 1) - padding + reach);
    steady &= padding < reach && isAsked(made);
    if (!isAsked(input)) {
      set(input, scale, before, behind, most);
    } else if (!isWhole(input)) {
      join(input, scale, before, behind, most);
    }
  }

  /** Another reader has asked: both need the hull. */
  private void join(int input, long scale, long before, long behind, long most) {
    long further = Long.signum(behind - form(input, BEHIND));
    steady &= scale == form(input, SCALE);
    steady &= further * Long.signum(most - form(input, MOST)) >= 0;
    set(
        input,
        scale,
        Math.max(before, form(input, BEFORE)),
        Math.max(behind, form(input, BEHIND)),
        Math.max(most, form(input, MOST)));
  }

  private boolean isAsked(int place) {
    return form(place, MOST) > 0;
  }

  private boolean isWhole(int place) {
    return form(place, SCALE) == 0
        && form(place, BEFORE) == 0
        && form(place, MOST) == length(place);
  }

  private long form(int place, int figure) {
    return forms[FORM * place + figure];
  }

  /** False if some span asks for other places than this says. */
  boolean steady() {
    return steady;
  }

  long length(int place) {
    return form(place, LENGTH);
  }

  /** Where what is asked of a tensor begins. */
  long begin(int place, long from) {
    return Math.max(0, form(place, SCALE) * from - form(place, BEFORE));
  }

  /** Behind the last place that is asked. */
  long end(int place, long to) {
    return Math.min(form(place, MOST), form(place, SCALE) * to + form(place, BEHIND));
  }

  /** How many places are asked. */
  long places(int place, long from, long to) {
    return end(place, to) - begin(place, from);
  }
}
