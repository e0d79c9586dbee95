package io.cleave.controller;

import io.cleave.controller.control.JournalReplay;
import io.cleave.controller.journal.JournalReader;
import io.cleave.controller.model.ModelFolder;
import io.cleave.controller.model.Networks;
import io.cleave.policies.catalog.PlannerCatalog;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Replays a journal through a fresh loop and says whether every decision came out again. */
final class ReplayCommand {
  static final String NAME = "replay-journal";

  private static final int SAME = 0;
  private static final int DIFFERENT = 1;
  private static final int WRONG = 2;
  private static final String ENDING = ".mv.db";

  private final PrintStream out;
  private final PrintStream err;

  ReplayCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  int run(List<String> args) {
    if (args.isEmpty() || args.size() > 2) {
      err.println(
          "usage: "
              + NAME
              + " JOURNAL [MODELS]   JOURNAL is a file like state/journal.mv.db or a JDBC URL, MODELS the folder of ONNX files");
      return WRONG;
    }
    Path models = Path.of(args.size() > 1 ? args.get(1) : "models");
    try (Connection connection = DriverManager.getConnection(url(args.get(0)))) {
      connection.setAutoCommit(false);
      Networks networks = new Networks(new ModelFolder(models, 1));
      return say(
          JournalReplay.of(new JournalReader(connection), networks, PlannerCatalog.standard()));
    } catch (SQLException | RuntimeException failure) {
      err.println("The journal cannot be replayed: " + failure.getMessage());
      return WRONG;
    }
  }

  private int say(JournalReplay.Result result) {
    for (JournalReplay.Session session : result.sessions()) {
      out.printf(
          "session of %s, planner %s: %d reports, %d decisions, %d differ%s%n",
          session.opened(),
          session.opening().planner(),
          session.counts().reports(),
          session.counts().decisions(),
          session.counts().different(),
          session.whole() ? "" : " (events are missing, so they may)");
    }
    if (result.skipped() > 0) {
      out.printf("%d events belong to a session whose beginning is gone%n", result.skipped());
    }
    result.examples().forEach(out::println);
    out.println(result.same() ? "the same decisions" : "different decisions");
    return result.same() ? SAME : DIFFERENT;
  }

  private static String url(String journal) {
    if (journal.startsWith("jdbc:")) {
      return journal;
    }
    String file = journal.endsWith(ENDING) ? journal : journal + ENDING;
    if (!Files.isRegularFile(Path.of(file))) {
      throw new IllegalArgumentException("There is no file %s.".formatted(file));
    }
    String name = Path.of(file).toAbsolutePath().toString();
    return "jdbc:h2:file:%s;ACCESS_MODE_DATA=r;USER=sa;PASSWORD="
        .formatted(name.substring(0, name.length() - ENDING.length()));
  }
}
