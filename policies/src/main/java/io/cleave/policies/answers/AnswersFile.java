package io.cleave.policies.answers;

import io.cleave.policies.answers.ExitAnswers.Answers;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a model's exits answered image by image, as a compressed CSV file beside the model: {@code
 * lenet.onnx} has {@code lenet.answers.csv.gz}. A line is an image: its set, then for each exit
 * whether its answer is right, its entropy in nats and its confidence. The first line says which
 * model's they are.
 */
public final class AnswersFile {
  private static final String FORMAT = "cleave-answers-1";
  private static final String ENDING = ".answers.csv.gz";
  private static final int FIELDS = 3; // of each exit
  private static final int MOST_LINES = 1_000_000;

  private AnswersFile() {}

  /** Where the answers of a model's exits are kept. */
  public static Path beside(Path model) {
    String name = String.valueOf(model.getFileName()).replaceAll("\\.onnx$", "");
    return model.resolveSibling(name + ENDING);
  }

  /** The file's content for a study of a model's exits; equal studies give equal files. */
  public static byte[] content(ExitStudy study, String modelSha256) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintWriter csv =
        new PrintWriter(new GZIPOutputStream(bytes), false, StandardCharsets.UTF_8)) {
      csv.printf(
          Locale.ROOT,
          "%s,%s,%d,%d\n",
          FORMAT,
          modelSha256,
          study.test().classes(),
          study.test().exits().size());
      write("calibration", study.calibration(), csv);
      write("test", study.test(), csv);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // nothing leaves memory
    }
    return bytes.toByteArray();
  }

  private static void write(String set, ExitAnswers answers, PrintWriter csv) {
    for (int image = 0; image < answers.images(); image++) {
      csv.print(set);
      for (Answers exit : answers.exits()) {
        csv.printf(
            Locale.ROOT,
            ",%d,%.5f,%.5f",
            exit.right()[image] ? 1 : 0,
            exit.entropy()[image],
            exit.confidence()[image]);
      }
      csv.print('\n');
    }
  }

  /**
   * What is known of a model's exits; empty if nothing is kept beside it.
   *
   * @throws IOException if what is there cannot be read, is no such file, or is another model's,
   *     with a line for whoever put it there
   */
  public static Optional<ExitStudy> read(Path model, String modelSha256) throws IOException {
    Path file = beside(model);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return Optional.of(new Reading(file, lines).study(modelSha256));
    }
  }

  /** One file as it is read. */
  private static final class Reading {
    private final Path file;
    private final BufferedReader lines;
    private int number;

    Reading(Path file, BufferedReader lines) {
      this.file = file;
      this.lines = lines;
    }

    ExitStudy study(String modelSha256) throws IOException {
      String[] head = next().orElse("").split(",", -1);
      if (head.length != 4 || !head[0].equals(FORMAT)) {
        throw refused("it does not begin with %s".formatted(FORMAT));
      }
      if (!head[1].equals(modelSha256)) {
        throw refused(
            "it was measured on the model %.12s..., not on this one, %.12s.... Maybe the model was trained again; measure its exits again, too"
                .formatted(head[1], modelSha256));
      }
      int classes = Math.toIntExact(Math.round(number(head[2], 2, 1e6)));
      int exits = Math.toIntExact(Math.round(number(head[3], 1, 1e3)));
      List<double[]> calibration = new ArrayList<>();
      List<double[]> test = new ArrayList<>();
      for (Optional<String> line = next(); line.isPresent(); line = next()) {
        String[] cells = line.get().split(",", -1);
        if (cells.length != 1 + FIELDS * exits || number > MOST_LINES) {
          throw refused(
              "a line has %d cells for %d exits, at most %d lines, not %d cells"
                  .formatted(1 + FIELDS * exits, exits, MOST_LINES, cells.length));
        }
        set(cells[0], calibration, test).add(values(cells, classes));
      }
      return new ExitStudy(answers(calibration, classes, exits), answers(test, classes, exits));
    }

    private List<double[]> set(String name, List<double[]> calibration, List<double[]> test)
        throws IOException {
      return switch (name) {
        case "calibration" -> calibration;
        case "test" -> test;
        default -> throw refused("a set is calibration or test, not '%.20s'".formatted(name));
      };
    }

    private double[] values(String[] cells, int classes) throws IOException {
      double[] values = new double[cells.length - 1];
      for (int i = 0; i < values.length; i++) {
        double greatest = i % FIELDS == 1 ? Math.log(classes) + 1e-4 : 1;
        values[i] = cells[i + 1].equals("NaN") ? Double.NaN : number(cells[i + 1], 0, greatest);
      }
      return values;
    }

    private ExitAnswers answers(List<double[]> lines, int classes, int exits) throws IOException {
      if (lines.isEmpty()) {
        throw refused("it holds no answers for calibration or none for the test");
      }
      List<Answers> answers = new ArrayList<>();
      for (int exit = 0; exit < exits; exit++) {
        int count = lines.size();
        Answers one = new Answers(new float[count], new float[count], new boolean[count]);
        for (int image = 0; image < count; image++) {
          one.right()[image] = lines.get(image)[FIELDS * exit] == 1;
          one.entropy()[image] = (float) lines.get(image)[FIELDS * exit + 1];
          one.confidence()[image] = (float) lines.get(image)[FIELDS * exit + 2];
        }
        answers.add(one);
      }
      return new ExitAnswers(classes, answers);
    }

    private Optional<String> next() throws IOException {
      number++;
      return Optional.ofNullable(lines.readLine());
    }

    private double number(String text, double least, double greatest) throws IOException {
      try {
        double value = Double.parseDouble(text);
        if (value >= least && value <= greatest) {
          return value;
        }
      } catch (NumberFormatException notANumber) {
        throw refused("'%.20s' is no number".formatted(text));
      }
      throw refused("%s is not in %s..%s".formatted(text, least, greatest));
    }

    private IOException refused(String why) {
      return new IOException("%s, line %d: %s.".formatted(file, number, why));
    }
  }
}
