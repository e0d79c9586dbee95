package io.cleave.testbed.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A wrong command line ends in one line that says where help is, and exit code 2. */
final class OneLineUsage implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    boolean nothingAsked =
        !(error instanceof MissingParameterException)
            && !command.getSubcommands().isEmpty()
            && command.getParseResult().originalArgs().isEmpty();
    if (nothingAsked) {
      command.usage(command.getErr());
      return 2;
    }
    String message = String.valueOf(error.getMessage()).replaceAll("\\s+", " ");
    command
        .getErr()
        .printf(
            "cleave: %s%s%s Try '%s --help'.%n",
            message,
            message.matches(".*[.?]") ? "" : ".",
            meant(error),
            command.getCommandSpec().qualifiedName());
    return 2;
  }

  private static String meant(ParameterException error) {
    return error instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? " Maybe '%s'?".formatted(unmatched.getSuggestions().get(0))
        : "";
  }
}
