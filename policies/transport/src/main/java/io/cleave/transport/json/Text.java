package io.cleave.transport.json;

/** Which text a message may carry: characters that any log, page and encoder can take. */
final class Text {
  private Text() {}

  /** True unless a character is a control or half of a pair. */
  static boolean printable(String text) {
    return text.codePoints().allMatch(Text::printable);
  }

  static boolean printable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** What is said to people, made printable and cut to size. */
  static String remark(String text) {
    StringBuilder remark = new StringBuilder(text.length());
    text.codePoints()
        .limit(WireLimits.REMARK_CHARS)
        .forEach(c -> remark.appendCodePoint(printable(c) ? c : ' '));
    return remark.toString();
  }
}
