package io.cleave.testbed.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The program: {@code cleave COMMAND}. Exit code 0 is success, 2 is bad input, 1 is our mistake.
 */
@Command(
    name = "cleave",
    mixinStandardHelpOptions = true,
    version = "cleave 0.1.0",
    description =
        "Decides how a neural network is split between a device and the machines around it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ReplayCommand.class,
      LiveCommand.class,
      ContainersCommand.class,
      CompareCommand.class,
      DevCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      FrontCommand.class,
      TracesCommand.class,
      ModelCommand.class,
      ReproduceCommand.class,
      BenchCommand.class,
      ReportCommand.class,
      LinkCommand.class,
      HelpCommand.class
    })
public final class Cleave {
  private Cleave() {}

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs one command and returns its exit code. */
  static int execute(String... arguments) {
    return program().execute(arguments);
  }

  /** Runs one command with streams of the caller's. */
  static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    return program().setOut(out).setErr(err).execute(arguments);
  }

  private static CommandLine program() {
    return new CommandLine(new Cleave())
        .setExecutionExceptionHandler(new OneLineErrors())
        .setParameterExceptionHandler(new OneLineErrors())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }
}
