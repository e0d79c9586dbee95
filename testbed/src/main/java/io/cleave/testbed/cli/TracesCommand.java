package io.cleave.testbed.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code cleave traces}: the built-in recordings and a person's own. */
@Command(
    name = "traces",
    mixinStandardHelpOptions = true,
    description = "Lists, examines, imports and draws recorded networks.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TracesList.class,
      TracesInfo.class,
      TracesImport.class,
      TracesPlot.class,
      HelpCommand.class
    })
final class TracesCommand {}
