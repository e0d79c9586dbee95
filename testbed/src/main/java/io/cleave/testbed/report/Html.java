package io.cleave.testbed.report;

/** Escaping, so that no name in a file can become part of the page. */
final class Html {
  private Html() {}

  /** For text and for attributes in double quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** JSON that may stand inside a script element: no {@code </script>} can appear in it. */
  static String script(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  static String paragraph(String attributes, String text) {
    return "<p" + attributes + ">" + escape(text) + "</p>\n";
  }
}
