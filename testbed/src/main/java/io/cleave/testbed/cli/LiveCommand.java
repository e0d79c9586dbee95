package io.cleave.testbed.cli;

import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.live.BrokerChoice;
import io.cleave.testbed.live.LiveSite;
import io.cleave.testbed.live.LocalSettings;
import io.cleave.testbed.live.LocalWorld;
import io.cleave.testbed.live.Narrator;
import io.cleave.testbed.live.RealWorld;
import io.cleave.testbed.live.SiteAccount;
import io.cleave.testbed.live.Stop;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave live}: real programs, a real broker, real slices over a recorded network. */
@Command(
    name = "live",
    mixinStandardHelpOptions = true,
    description = "Runs real agents and the real controller over a recorded network.",
    footer = {
      "",
      "Without FILE, a camera on a tram is helped by a desktop and a GPU; Ctrl-C ends it. The",
      "keys of a file are explained in testbed/experiments/live.yaml and docs/live.md.",
      "",
      "Examples:",
      "  cleave live",
      "  cleave live --trace lte-att-driving --model zoo:alexnet --seconds 120",
      "  cleave live --method dads --broker mosquitto",
      "  cleave live testbed/experiments/site-live.yaml --seconds 120"
    })
final class LiveCommand implements Runnable {
  @Mixin private LiveOptions options = new LiveOptions();

  @Option(
      names = "--broker",
      defaultValue = "embedded",
      paramLabel = "BROKER",
      description = "embedded, mosquitto, or host:port of one (default: ${DEFAULT-VALUE}).")
  private String broker = "embedded";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    LocalSettings open = LocalSettings.open(BrokerChoice.parse(broker), options.port());
    LocalSettings settings = options.open() ? open : open.closed();
    options.run(new OnProcesses(settings), spec.commandLine().getOut());
  }

  private record OnProcesses(LocalSettings settings) implements LiveOptions.Founding {
    @Override
    public RealWorld world(Experiment experiment, Path logs, Narrator narrator, Stop stop) {
      return new LocalWorld(experiment, settings, logs, narrator, stop);
    }

    @Override
    public SiteAccount site(Experiment experiment, RunFolder folder, Narrator narrator, Stop stop) {
      return new LiveSite(experiment, settings, folder).onProcesses(narrator, stop);
    }
  }
}
