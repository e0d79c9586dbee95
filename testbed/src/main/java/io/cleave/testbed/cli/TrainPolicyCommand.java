package io.cleave.testbed.cli;

import io.cleave.policies.learning.Blindfold;
import io.cleave.policies.learning.PolicyRecipe;
import io.cleave.policies.learning.PolicyTraining;
import io.cleave.policies.learning.TrainedPolicy;
import io.cleave.testbed.Threads;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.learn.Soak;
import io.cleave.testbed.learn.TrainingLog;
import io.cleave.testbed.learn.Worlds;
import io.cleave.testbed.world.WorldEnvironment;
import io.cleave.traces.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave train policy}: what estimates get wrong, learned in simulated worlds. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Trains the learned policy in simulated worlds.",
    footer = {
      "",
      "Learns over the library's training recordings and is tried over its validation recordings",
      "after each round. Writes FILE, the policy that did best, and after each round FILE.last, to",
      "resume from, and the learning curve, FILE.csv and FILE.svg. To use it: ./cleave replay --planner",
      "'learned{weights=FILE}'."
    })
final class TrainPolicyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--out",
      defaultValue = "policy.onnx",
      paramLabel = "FILE",
      description = "Where the policy goes (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("");

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "Goes on from this policy, with lessons of its own.")
  private Optional<Path> resume = Optional.empty();

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "Threads that run worlds (default: all processors). The result is the same.")
  private int cores = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--without",
      paramLabel = "FEATURE",
      description = "Learns without it, to see what it is worth, such as SWING; repeatable.")
  private List<String> without = List.of();

  @Option(
      names = "--from-scratch",
      description =
          "Learns without the cost model, to see what that is worth. Nobody can plan with FILE then.")
  private boolean fromScratch;

  @Option(
      names = "--soak",
      paramLabel = "MINUTES",
      description = {
        "Instead: does small trainings of seed after seed for so long, and tells what memory the",
        "program holds. Keeps nothing."
      })
  private Optional<Double> soak = Optional.empty();

  @Option(names = "--smoke", description = "A minute's work, to see that all goes together.")
  private boolean smoke;

  @Override
  public Integer call() {
    if (cores < 1) {
      throw new UserError("--cores must be at least 1, not %d.".formatted(cores));
    }
    TrainingRun.useThreads(1);
    if (soak.isPresent()) {
      new Soak(soak.get(), this::small, spec.commandLine().getOut()).run();
      return 0;
    }
    PolicyRecipe usual = smoke ? PolicyRecipe.smoke(seed) : PolicyRecipe.standard(seed);
    PolicyRecipe recipe = fromScratch ? usual.fromScratch() : usual;
    Worlds training = new Worlds(Split.TRAIN);
    Worlds validating = new Worlds(Split.VALIDATION);
    Blindfold blindfold = blindfold();
    TrainingLog log = new TrainingLog(out);
    try (ProgressBar bar = bar();
        Threads threads = new Threads(cores);
        PolicyTraining run =
            new PolicyTraining(
                recipe,
                start(),
                () -> blindfold.over(new WorldEnvironment(training)),
                () -> blindfold.over(new WorldEnvironment(validating)),
                threads::run,
                shown(bar, log))) {
      TrainedPolicy policy = blindfold.over(run.run());
      WholeFiles.write(List.of(out), List.of(policy.bytes()));
    } catch (IllegalArgumentException | IllegalStateException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    }
    spec.commandLine().getOut().print(log.table());
    return 0;
  }

  private void small(long any) {
    try (Threads threads = new Threads(cores);
        PolicyTraining run =
            new PolicyTraining(
                PolicyRecipe.smoke(any),
                Optional.empty(),
                () -> new WorldEnvironment(new Worlds(Split.TRAIN)),
                () -> new WorldEnvironment(new Worlds(Split.VALIDATION)),
                threads::run,
                new PolicyTraining.Progress(done -> {}, round -> {}))) {
      run.run();
    }
  }

  private Blindfold blindfold() {
    try {
      return new Blindfold(without);
    } catch (IllegalArgumentException unknown) {
      throw new UserError("--without: " + unknown.getMessage());
    }
  }

  private Optional<TrainedPolicy> start() {
    return resume.map(TrainedPolicy::read);
  }

  private static ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("policy")
        .setStyle(ProgressBarStyle.ASCII)
        .setInitialMax(1000)
        .setUpdateIntervalMillis(1000)
        .build();
  }

  /** Shows how far it is, and keeps what each round came to. */
  private static PolicyTraining.Progress shown(ProgressBar bar, TrainingLog log) {
    return new PolicyTraining.Progress(
        done -> bar.stepTo(Math.round(1000 * done)),
        round -> {
          log.add(round);
          double ratio = round.validation().ratio();
          bar.setExtraMessage(String.format(Locale.ROOT, " validation %.2f %%", 100 * (ratio - 1)));
        });
  }
}
