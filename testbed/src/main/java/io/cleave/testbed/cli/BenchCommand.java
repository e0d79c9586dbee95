package io.cleave.testbed.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code cleave bench}: how fast the project's own parts are. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures the speed of the planners and of the simulated world.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {HelpCommand.class, BenchSimulatorCommand.class})
public final class BenchCommand {}
