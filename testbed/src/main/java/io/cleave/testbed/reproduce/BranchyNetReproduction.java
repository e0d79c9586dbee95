package io.cleave.testbed.reproduce;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitAnswers.Outcome;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.exits.BranchyNet;
import io.cleave.policies.exits.Choice;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.OnnxGraph;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.testbed.UserError;
import io.cleave.testbed.exits.ExitRun;
import io.cleave.testbed.experiment.Sha256;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Teerapittayanon et al., ICPR 2016: how much faster a network is that may leave early, on this
 * processor, image by image, with thresholds that other images chose.
 */
public final class BranchyNetReproduction {
  private static final double LOSS = 0.005;
  private static final int MOST_EARLY = 3;
  private static final int MOST_CHOICES = 20_000;
  private static final int ROUNDS = 8; // the first warms up
  private static final int BLOCK =
      50; // images in a row, as a device would, before the other's turn

  private final Path models;
  private final LabelledImages images;
  private final LongSupplier nanos;

  /** One of the paper's networks, with its figures on a processor. */
  private record Paper(String name, String file, double gain, double accuracy, double trunk) {}

  private static final List<Paper> PAPERS =
      List.of(
          new Paper("LeNet", "lenet-exits.onnx", 5.4, 99.25, 99.20),
          new Paper("AlexNet", "alexnet-exits.onnx", 1.5, 79.19, 78.38),
          new Paper("ResNet", "resnet20-exits.onnx", 1.9, 79.17, 80.70));

  /**
   * @param models folder of trained networks
   * @param images labelled, none of which thresholds were chosen by
   * @param nanos a clock in nanoseconds, best of the calling thread's own time
   */
  public BranchyNetReproduction(Path models, LabelledImages images, LongSupplier nanos) {
    this.models = models;
    this.images = images;
    this.nanos = nanos;
  }

  /** Measures; about a minute. */
  public Reproduction run() {
    return new Reproduction(
        "Teerapittayanon et al.: BranchyNet, ICPR 2016, arXiv 1709.01686",
        "The trunk alone and the network with exits in turns, 50 images each, on one core of this"
            + " machine. Thresholds lose at most 0.5 points on other images. The paper's networks"
            + " saw other images (MNIST, CIFAR-10).",
        PAPERS.stream().map(this::section).toList());
  }

  private Section section(Paper paper) {
    Path file = models.resolve(paper.file());
    if (!Files.exists(file)) {
      String missing = "%s is not there. Train it: cleave train exits --help".formatted(file);
      return new Section(paper.name(), List.of(), List.of(missing));
    }
    DnnGraph graph = OnnxGraph.read(file, Map.of());
    ExitStudy study = study(file);
    Choice choice = choice(graph, study);
    int last = study.test().exits().size() - 1;
    List<Outcome> outcomes = study.test().under(choice.rule());
    double accuracy = 100 * new Choice(choice.rule(), outcomes).accuracy();
    double trunk = 100 * study.test().accuracy(last);
    double[] micros =
        measured(file, graph, choice.rule(), ExitRule.only(study.test().classes(), last));
    return new Section(
        paper.name(),
        List.of(
            new Comparison("times faster", paper.gain(), micros[1] / micros[0]),
            new Comparison("accuracy with exits, %", paper.accuracy(), accuracy),
            new Comparison("accuracy of the trunk, %", paper.trunk(), trunk)),
        List.of(
            String.format(
                Locale.ROOT,
                "%.0f us an image with exits, %.0f us without; exits %s take %s of %d test images",
                micros[0],
                micros[1],
                choice.rule().exits().stream().map(exit -> exit + 1).toList(),
                outcomes.stream()
                    .map(outcome -> String.format(Locale.ROOT, "%.1f %%", 100 * outcome.share()))
                    .toList(),
                study.test().images())));
  }

  private static ExitStudy study(Path file) {
    try {
      return AnswersFile.read(file, Sha256.of(file))
          .orElseThrow(
              () ->
                  new UserError(
                      "%s has no answers beside it. Measure its exits: cleave model exits %s"
                          .formatted(file, file)));
    } catch (IOException unusable) {
      throw new UserError(String.valueOf(unusable.getMessage()));
    }
  }

  private static Choice choice(DnnGraph graph, ExitStudy study) {
    LayerTimes times = DeviceClass.LAPTOP.profile().times(graph);
    int early = Math.min(MOST_EARLY, graph.outputs().size() - 1);
    int steps = (int) Math.min(100, Math.pow(MOST_CHOICES, 1.0 / Math.max(1, early)));
    return new BranchyNet(LOSS, MOST_EARLY, steps).fastest(graph, times, study.calibration());
  }

  /** Microseconds an image with exits and without; the median of the rounds. */
  private double[] measured(Path file, DnnGraph graph, ExitRule early, ExitRule whole) {
    double[][] micros = new double[2][ROUNDS - 1];
    try (ExitRun branchy = ExitRun.load(file, graph, early);
        ExitRun trunk = ExitRun.load(file, graph, whole)) {
      for (int round = 0; round < ROUNDS; round++) {
        long[] spent = new long[2];
        for (int from = 0; from < images.count(); from += BLOCK) {
          int to = Math.min(images.count(), from + BLOCK);
          spent[0] += spent(branchy, from, to);
          spent[1] += spent(trunk, from, to);
        }
        for (int i = 0; i < 2 && round > 0; i++) {
          micros[i][round - 1] = spent[i] / 1e3 / images.count();
        }
      }
    }
    return Arrays.stream(micros).mapToDouble(BranchyNetReproduction::median).toArray();
  }

  private long spent(ExitRun run, int from, int to) {
    float[] pixels = new float[images.pixelsEach()];
    long before = nanos.getAsLong();
    for (int image = from; image < to; image++) {
      images.copyTo(image, pixels, 0);
      run.answer(pixels);
    }
    return nanos.getAsLong() - before;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
