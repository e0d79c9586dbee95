package io.cleave.testbed.cli;

import io.cleave.policies.learning.DeepQRecipe;
import io.cleave.policies.learning.DeepQTraining;
import io.cleave.policies.learning.FixedActions;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.learn.Worlds;
import io.cleave.testbed.world.WorldEnvironment;
import io.cleave.traces.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave train dqn}: the opponent that learns a few actions. */
@Command(
    name = "dqn",
    mixinStandardHelpOptions = true,
    description = "Trains a deep Q-network over a few fixed actions, to be compared with.",
    footer = {
      "",
      "Learns in the same simulated worlds as ./cleave train policy. To use FILE:",
      "./cleave replay --planner 'dqn{weights=FILE}'."
    })
final class TrainDqnCommand implements Callable<Integer> {
  private static final int MARKS = 1000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--out",
      defaultValue = "dqn.onnx",
      paramLabel = "FILE",
      description = "Where the network goes (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("");

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--smoke", description = "A few seconds' work, to see that all goes together.")
  private boolean smoke;

  private double first = Double.NaN; // reward when nothing was learned
  private double last;

  @Override
  public Integer call() {
    TrainingRun.useThreads(1);
    DeepQRecipe recipe = smoke ? DeepQRecipe.smoke(seed) : DeepQRecipe.standard(seed);
    WorldEnvironment worlds = new WorldEnvironment(new Worlds(Split.TRAIN), FixedActions::new);
    try (ProgressBar bar =
            new ProgressBarBuilder()
                .setTaskName("dqn")
                .setStyle(ProgressBarStyle.ASCII)
                .setInitialMax(MARKS)
                .setUpdateIntervalMillis(1000)
                .build();
        DeepQTraining run =
            new DeepQTraining(recipe, worlds, (done, reward) -> show(bar, done, reward))) {
      WholeFiles.write(List.of(out), List.of(run.run().bytes()));
    }
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "Reward of a frame: %.2f at random, %.2f at the end (minus its cost, as a share of the seconds alone).%n",
            first,
            last);
    return 0;
  }

  private void show(ProgressBar bar, double done, double reward) {
    bar.stepTo(Math.round(MARKS * done));
    bar.setExtraMessage(String.format(Locale.ROOT, " reward %.2f", reward));
    first = Double.isNaN(first) && done >= 0.01 ? reward : first;
    last = reward;
  }
}
