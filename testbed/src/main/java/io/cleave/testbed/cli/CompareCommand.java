package io.cleave.testbed.cli;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.compare.CompareRun;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.live.BrokerChoice;
import io.cleave.testbed.live.ContainerEngine;
import io.cleave.testbed.live.ContainerWorld;
import io.cleave.testbed.live.LocalSettings;
import io.cleave.testbed.live.LocalWorld;
import io.cleave.testbed.live.Narrator;
import io.cleave.testbed.live.RealWorld;
import io.cleave.testbed.live.Stop;
import io.cleave.testbed.settings.Setting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cleave compare}: one experiment simulated and real, and how far they are apart. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Runs an experiment simulated and with real programs; prints the difference.",
    footer = {
      "",
      "Without FILE: two networks over three traces, two minutes each. Errors are of single",
      "frames, median / 95th percentile, in per cent of what was measured:",
      "  promised    by the plan that the frame ran under",
      "  simulated   by the simulated run of the same experiment",
      "  calibrated  the same with machines as fast as they were measured",
      "  repriced    the same with the starts and plans of the real run: the model alone",
      "See docs/live.md."
    })
final class CompareCommand implements Runnable {
  @Parameters(arity = "0..1", paramLabel = "FILE", description = "Experiment file (YAML).")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long frames come in, instead of the file's.")
  private Optional<String> seconds = Optional.empty();

  @Option(names = "--trace", paramLabel = "NAME", description = "Only these traces; repeatable.")
  private List<String> traces = List.of();

  @Option(names = "--model", paramLabel = "MODEL", description = "Only these networks; repeatable.")
  private List<String> models = List.of();

  @Option(
      names = "--broker",
      defaultValue = "embedded",
      paramLabel = "BROKER",
      description = "embedded, mosquitto, or host:port of one (default: ${DEFAULT-VALUE}).")
  private String broker = "embedded";

  @Option(
      names = "--containers",
      description = "Every real program in a container of its own, with Mosquitto.")
  private boolean containers;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go; must not exist. By default runs/NAME-1, -2, ...")
  private Optional<Path> out = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    PlannerCatalog catalog = PlannerCatalog.standard();
    Experiment experiment =
        file.map(path -> ExperimentFile.read(Shipped.file(path), changes(), catalog))
            .orElseGet(() -> ExperimentFile.packed("compare", changes(), catalog));
    PrintWriter terminal = spec.commandLine().getOut();
    Narrator narrator = new Narrator(terminal, Boolean.getBoolean("cleave.terminal"));
    try (Stop stop = Stop.onShutdown();
        RunFolder folder =
            out.map(RunFolder::at)
                .orElseGet(() -> RunFolder.next(Path.of("runs"), experiment.name()))) {
      List<String> table =
          new CompareRun(experiment, catalog, folder)
              .run(logs -> world(experiment, logs, narrator, stop), stop);
      Path run = folder.publish();
      terminal.println();
      table.forEach(terminal::println);
      terminal.println();
      terminal.println("Results: " + run);
      terminal.flush();
    } catch (Stop.Asked early) {
      narrator.say("Stopped before all was compared; there are no results.");
    }
  }

  private RealWorld world(Experiment experiment, Path logs, Narrator narrator, Stop stop) {
    if (!containers) {
      LocalSettings settings = LocalSettings.closed(BrokerChoice.parse(broker));
      return new LocalWorld(experiment, settings, logs, narrator, stop);
    }
    ContainerEngine engine = ContainerEngine.ofEnvironment();
    engine.check();
    ContainerWorld.Conduct conduct = ContainerWorld.Conduct.of(engine, 0).closed();
    return new ContainerWorld(experiment, conduct, logs, narrator, stop);
  }

  private Setting.Fields changes() {
    Map<String, Setting> values = new LinkedHashMap<>();
    seconds.ifPresent(n -> values.put("seconds", new Setting.Text("--seconds", n)));
    ReplayCommand.put(
        values, "traces", "--trace", traces.stream().map(ReplayCommand::absolute).toList());
    ReplayCommand.put(
        values, "models", "--model", models.stream().map(ReplayCommand::absolute).toList());
    return new Setting.Fields("the command line", values);
  }
}
