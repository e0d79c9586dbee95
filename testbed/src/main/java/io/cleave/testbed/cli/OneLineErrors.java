package io.cleave.testbed.cli;

import io.cleave.policies.memory.TooLittleMemory;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.testbed.UserError;
import io.cleave.traces.TraceFormatException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Bad input ends in one clear line and exit code 2; a mistake of ours in a stack trace and 1. */
final class OneLineErrors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    String line = line(error);
    if (line.isEmpty()) {
      error.printStackTrace(command.getErr());
      return 1;
    }
    command.getErr().println("cleave: " + line);
    return 2;
  }

  /** A wrong option or argument: what is wrong, and where help is. */
  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    command
        .getErr()
        .printf(
            "cleave: %s. Try: %s --help%n",
            String.valueOf(error.getMessage()).replaceFirst("\\.?\\R.*$", ""),
            command.getCommandSpec().qualifiedName());
    return 2;
  }

  private static String line(Exception error) {
    if (error instanceof UserError
        || error instanceof TooLittleMemory
        || error instanceof ModelFormatException
        || error instanceof TraceFormatException) {
      return String.valueOf(error.getMessage());
    }
    if (error instanceof UncheckedIOException io) {
      Throwable cause = Objects.requireNonNullElse(io.getCause(), io);
      return cause instanceof NoSuchFileException missing
          ? "there is no file " + missing.getFile()
          : String.valueOf(cause.getMessage());
    }
    return "";
  }
}
