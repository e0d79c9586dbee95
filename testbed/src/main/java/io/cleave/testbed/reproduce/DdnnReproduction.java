package io.cleave.testbed.reproduce;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitAnswers.Outcome;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.ViewNetworks;
import io.cleave.testbed.UserError;
import io.cleave.testbed.exits.ExitEvaluation;
import io.cleave.testbed.exits.SixViews;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Teerapittayanon et al., ICDCS 2017: six cameras, a local exit and a cloud; what leaves locally,
 * what is right and what is sent, over thresholds, and when cameras fail. Of the paper's figures
 * only the abstract's was read; the others are from memory and say so.
 */
public final class DdnnReproduction {
  private static final double READ_GAIN = 20; // "more than 20", in the abstract

  private final Path model;
  private final LabelledImages images;

  /** What comes of a threshold of normalised entropy. */
  private record Operation(double threshold, double local, double accuracy, double bytes) {}

  /** As remembered of the paper's table: threshold, per cent local, per cent right, bytes. */
  private record Remembered(double threshold, double local, int accuracy, int bytes) {}

  private static final List<Remembered> PAPER =
      List.of(
          new Remembered(0.1, 0, 96, 140),
          new Remembered(0.3, 0.58, 96, 139),
          new Remembered(0.5, 1.75, 96, 138),
          new Remembered(0.6, 2.92, 96, 136),
          new Remembered(0.7, 22.81, 97, 111),
          new Remembered(0.8, 60.82, 97, 62),
          new Remembered(0.9, 83.04, 96, 34),
          new Remembered(1.0, 100, 92, 12));

  /**
   * @param model an ONNX file with six views as channels, local exit and cloud exit
   * @param images in one view, none of which it was trained on
   */
  public DdnnReproduction(Path model, LabelledImages images) {
    this.model = model;
    this.images = images;
  }

  /**
   * Asks the network; some seconds.
   *
   * @throws UserError if the model cannot be read or takes other images
   */
  public Reproduction run() {
    byte[] content = content();
    ExitAnswers whole = answers(content, camera -> true);
    List<Operation> operations =
        IntStream.rangeClosed(1, 10).mapToObj(i -> operation(whole, i / 10.0)).toList();
    Operation best =
        operations.stream()
            .max(
                Comparator.comparingDouble(Operation::accuracy)
                    .thenComparingDouble(operation -> -operation.bytes()))
            .orElseThrow();
    return new Reproduction(
        "Teerapittayanon et al.: DDNN, ICDCS 2017, arXiv 1709.01921",
        String.format(
            Locale.ROOT,
            "Six made-up cameras see %d images in 10 classes; the paper's saw cars, buses and people."
                + " Network: %s.",
            images.count(),
            model.getFileName()),
        List.of(thresholds(operations), traffic(best), cameras(content, whole, best)));
  }

  private byte[] content() {
    try {
      return Files.readAllBytes(model);
    } catch (IOException error) {
      throw new UserError(
          "%s cannot be read. Train it: ./cleave train ddnn --out FOLDER".formatted(model));
    }
  }

  private ExitAnswers answers(byte[] content, IntPredicate working) {
    return ExitEvaluation.of(
        content, SixViews.of(images, SixViews.TEST, working), ViewNetworks.CLASSES);
  }

  /** Below the threshold a sample leaves locally; at 1 all do, as in the paper. */
  private static Operation operation(ExitAnswers answers, double threshold) {
    ExitRule rule =
        threshold >= 1
            ? ExitRule.only(ViewNetworks.CLASSES, 0)
            : ExitRule.of(
                ExitSignal.ENTROPY,
                ViewNetworks.CLASSES,
                2,
                List.of(threshold * Math.log(ViewNetworks.CLASSES)));
    List<Outcome> outcomes = answers.under(rule);
    double local = outcomes.get(0).share();
    double accuracy =
        outcomes.stream().mapToDouble(outcome -> outcome.share() * outcome.accuracy()).sum();
    return new Operation(threshold, local, accuracy, ours().bytes(local));
  }

  private static DdnnTraffic ours() {
    return new DdnnTraffic(ViewNetworks.CLASSES, ViewNetworks.FILTERS, ViewNetworks.BITS_A_FILTER);
  }

  private static Section thresholds(List<Operation> operations) {
    List<String> lines = new ArrayList<>();
    lines.add("            ours                   | paper, from memory, not verified");
    lines.add("   T   local %  right %  bytes     | local %  right %  bytes");
    for (Operation each : operations) {
      String paper =
          PAPER.stream()
              .filter(row -> Math.abs(row.threshold() - each.threshold()) < 1e-9)
              .map(
                  row ->
                      String.format(
                          Locale.ROOT, "%7.2f %8d %6d", row.local(), row.accuracy(), row.bytes()))
              .findFirst()
              .orElse("      -        -      -");
      lines.add(
          String.format(
              Locale.ROOT,
              "%4.1f  %7.2f %8.2f %6.0f     | %s",
              each.threshold(),
              100 * each.local(),
              100 * each.accuracy(),
              each.bytes(),
              paper));
    }
    lines.add("Bytes are those of a device and sample, 4 |C| + (1 - l) f o / 8.");
    return new Section("Thresholds of normalised entropy", List.of(), lines);
  }

  private Section traffic(Operation best) {
    int raw = images.pixelsEach();
    return new Section(
        "Communication",
        List.of(
            new Comparison(
                "times less than sending images, at the best accuracy",
                READ_GAIN,
                raw / best.bytes())),
        List.of(
            String.format(
                Locale.ROOT,
                "Paper: more than 20 (abstract). Ours: %d bytes a raw image, %.0f a sample at T = %.1f.",
                raw,
                best.bytes(),
                best.threshold()),
            String.format(
                Locale.ROOT,
                "The most possible is %.1f: a grey image of 28 x 28 is a quarter of the paper's, and"
                    + " scores of ten classes are %d bytes.",
                raw / ours().bytes(1),
                (int) ours().bytes(1)),
            "T is the best for these same images."));
  }

  private Section cameras(byte[] content, ExitAnswers whole, Operation best) {
    List<String> lines = new ArrayList<>();
    lines.add("cameras          local exit %  cloud exit %  at T %");
    lines.add(line("all six", whole, best));
    for (int camera = 0; camera < ViewNetworks.VIEWS; camera++) {
      int lost = camera;
      lines.add(line("without " + (lost + 1), answers(content, each -> each != lost), best));
    }
    for (int camera = 0; camera < ViewNetworks.VIEWS; camera++) {
      int only = camera;
      lines.add(line("only " + (only + 1), answers(content, each -> each == only), best));
    }
    lines.add("A camera that is not there is black. Of the paper we remember, not verified:");
    lines.add("around 95 % without any one camera, of 97 %.");
    return new Section("Cameras lost", List.of(), lines);
  }

  private static String line(String which, ExitAnswers answers, Operation best) {
    return String.format(
        Locale.ROOT,
        "%-16s %12.2f %13.2f %7.2f",
        which,
        100 * answers.accuracy(0),
        100 * answers.accuracy(1),
        100 * operation(answers, best.threshold()).accuracy());
  }
}
