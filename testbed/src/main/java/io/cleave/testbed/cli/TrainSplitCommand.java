package io.cleave.testbed.cli;

import io.cleave.policies.answers.IdxFiles;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.testbed.UserError;
import io.cleave.testbed.exits.ExitNetwork;
import io.cleave.testbed.live.ProgramFailed;
import io.cleave.testbed.split.SplitNetwork;
import io.cleave.testbed.split.SplitStep;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave train split}: training steps across a cut, in two processes. */
@Command(
    name = "split",
    mixinStandardHelpOptions = true,
    description = "Makes training steps across a cut and holds them against undivided ones.",
    footer = {
      "",
      "The near half goes forward here, the far half in a process of its own turns round at the",
      "loss, slopes come back and the near half goes backward; then both change their weights.",
      "Differences are shares of the largest figure of the same weight. Ends with exit code 1 if",
      "one is above 1e-4."
    })
final class TrainSplitCommand implements Callable<Integer> {
  private static final double TOLERANCE = 1e-4;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--network", required = true, description = "Which: ${COMPLETION-CANDIDATES}.")
  private ExitNetwork network = ExitNetwork.LENET;

  @Option(
      names = "--cut",
      required = true,
      paramLabel = "OPERATOR",
      description = "The last one of the near half, such as pool1; another word lists them.")
  private String cut = "";

  @Option(names = "--steps", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--batch",
      defaultValue = "32",
      paramLabel = "IMAGES",
      description = "Images a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.01",
      paramLabel = "NUMBER",
      description = "Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--data",
      defaultValue = "",
      paramLabel = "FOLDER",
      description = "IDX files with test images (default: those that come with Cleave).")
  private String data = "";

  @Override
  public Integer call() throws IOException {
    if (steps < 1 || batch < 1 || !(rate > 0 && Double.isFinite(rate))) {
      throw new UserError(
          "Steps and images must be at least 1 and the rate above 0, not %d, %d and %s."
              .formatted(steps, batch, rate));
    }
    SplitNetwork split = new SplitNetwork(network, cut, seed);
    TrainingRun.useThreads(1);
    Path log = Files.createTempFile("cleave-far-half", ".log");
    try {
      SplitStep.Outcome outcome =
          new SplitStep(split, batch, rate, System::nanoTime).run(images(), steps, log);
      print(outcome, spec.commandLine().getOut());
      return worst(outcome) <= TOLERANCE ? 0 : 1;
    } catch (ProgramFailed failed) {
      throw new UserError(String.valueOf(failed.getMessage()));
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private LabelledImages images() throws IOException {
    LabelledImages images =
        data.isEmpty() ? Shipped.images() : IdxFiles.read(Path.of(data), "t10k");
    if (images.height() != 28 || images.width() != 28 || images.largestLabel() > 9) {
      throw new UserError(
          "The networks take images of 28 x 28 in 10 classes, not of %d x %d in %d."
              .formatted(images.height(), images.width(), images.largestLabel() + 1));
    }
    return images;
  }

  private static double worst(SplitStep.Outcome outcome) {
    return outcome.steps().stream()
        .mapToDouble(step -> Math.max(step.slopesApart(), step.weightsApart()))
        .max()
        .orElse(0);
  }

  private void print(SplitStep.Outcome outcome, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s cut behind %s, %d images a step, seed %d; far half in process %d%n%n",
        network,
        cut,
        batch,
        seed,
        outcome.pid());
    out.printf(
        "%4s %9s %9s %10s %10s %8s %8s %8s %8s %9s %9s%n",
        "step",
        "loss",
        "undivided",
        "bytes up",
        "down",
        "near ms",
        "far ms",
        "back ms",
        "whole ms",
        "slopes",
        "weights");
    for (int i = 0; i < outcome.steps().size(); i++) {
      SplitStep.Step step = outcome.steps().get(i);
      out.printf(
          Locale.ROOT,
          "%4d %9.5f %9.5f %,10d %,10d %8.1f %8.1f %8.1f %8.1f %9.1e %9.1e%n",
          i + 1,
          step.loss(),
          step.undivided(),
          step.traffic().up(),
          step.traffic().down(),
          1e3 * step.seconds().forward(),
          1e3 * step.seconds().far(),
          1e3 * step.seconds().backward(),
          1e3 * step.seconds().whole(),
          step.slopesApart(),
          step.weightsApart());
    }
    out.printf(
        Locale.ROOT,
        "%nLargest difference from the undivided steps: %.1e of the weight's largest figure (allowed %.0e).%n",
        worst(outcome),
        TOLERANCE);
    out.flush();
  }
}
