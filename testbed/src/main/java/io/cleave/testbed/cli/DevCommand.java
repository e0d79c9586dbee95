package io.cleave.testbed.cli;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.live.BrokerChoice;
import io.cleave.testbed.live.LocalSettings;
import io.cleave.testbed.live.LocalWorld;
import io.cleave.testbed.live.Narrator;
import io.cleave.testbed.live.Stop;
import io.cleave.testbed.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave dev}: the controller with live reload, and a fleet for it to look after. */
@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    description = "Runs the controller from its sources, with live reload, beside a demo fleet.",
    footer = {
      "",
      "The fleet is that of cleave live. Edits of the controller, and of what it is made of,",
      "are seen at the next request of the dashboard. Ctrl-C ends it."
    })
final class DevCommand implements Runnable {
  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Of the dashboard (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--broker",
      defaultValue = "embedded",
      paramLabel = "BROKER",
      description = "embedded, mosquitto, or host:port of one (default: ${DEFAULT-VALUE}).")
  private String broker = "embedded";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    Experiment experiment =
        ExperimentFile.packed(
            "live", new Setting.Fields("the command line", Map.of()), PlannerCatalog.standard());
    LocalSettings settings =
        LocalSettings.open(BrokerChoice.parse(broker), LiveOptions.free(port))
            .reloading(System.getProperty("cleave.maven", "mvn"));
    Narrator narrator =
        new Narrator(spec.commandLine().getOut(), Boolean.getBoolean("cleave.terminal"));
    try (Stop stop = Stop.onShutdown()) {
      Path logs = Files.createTempDirectory("cleave-dev-logs-");
      narrator.say("Logs: " + logs);
      Cell cell = experiment.cells().get(0);
      new LocalWorld(experiment, settings, logs, narrator, stop)
          .run(cell, experiment.scenario(cell), frame -> {});
    } catch (Stop.Asked early) {
      narrator.say("Stopped.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
