package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.testbed.bench.ControllerBench;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave bench controller}: how many reports a second the controller answers in time. */
@Command(
    name = "controller",
    mixinStandardHelpOptions = true,
    description = {
      "Measures report -> plan through a real broker and a real controller.",
      "Agents are simulated, each with a connection of its own; broker, controller and agents share this machine."
    })
public final class BenchControllerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--agents",
      defaultValue = "2000",
      description = "Simulated devices (default: ${DEFAULT-VALUE}).")
  private int agents;

  @Option(
      names = "--rate",
      defaultValue = "2000",
      description = "Reports a second of all devices together (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "Of the main measurement (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--highest",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Also search the highest rate that is sustained (default: yes).")
  private boolean highest;

  @Override
  public Integer call() {
    if (agents < 1 || !(rate > 0) || !(seconds >= 1)) {
      throw new UserError("--agents, --rate and --seconds must be at least 1.");
    }
    PrintWriter out = spec.commandLine().getOut();
    ControllerBench.run(new ControllerBench.Plan(agents, rate, seconds, highest), out);
    return 0;
  }
}
