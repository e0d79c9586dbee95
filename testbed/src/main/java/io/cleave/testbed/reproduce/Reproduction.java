package io.cleave.testbed.reproduce;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What came of rebuilding a paper's set-up.
 *
 * @param paper authors, venue, year
 * @param setting what was rebuilt, in a sentence
 * @param sections one table each
 */
public record Reproduction(String paper, String setting, List<Section> sections) {
  public Reproduction {
    sections = List.copyOf(sections);
  }

  /**
   * One table.
   *
   * @param title over it
   * @param rows paper | ours | ratio
   * @param notes below it, a sentence each
   */
  public record Section(String title, List<Comparison> rows, List<String> notes) {
    public Section {
      rows = List.copyOf(rows);
      notes = List.copyOf(notes);
    }
  }

  /** Prints all tables for people. */
  public void print(PrintWriter out) {
    out.println(paper);
    out.println(setting);
    int width =
        sections.stream()
            .flatMap(section -> section.rows().stream())
            .mapToInt(row -> row.what().length())
            .max()
            .orElse(4);
    for (Section section : sections) {
      out.printf("%n%s%n", section.title());
      if (!section.rows().isEmpty()) {
        out.printf("  %-" + width + "s %10s %10s %7s%n", "", "paper", "ours", "ratio");
      }
      for (Comparison row : section.rows()) {
        out.printf(
            Locale.ROOT,
            "  %-" + width + "s %10.2f %10.2f %7.2f%n",
            row.what(),
            row.paper(),
            row.ours(),
            row.ratio());
      }
      section.notes().forEach(note -> out.println("  " + note));
    }
    out.flush();
  }
}
