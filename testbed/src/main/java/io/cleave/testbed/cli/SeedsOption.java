package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** Over how many seeds a training is repeated. */
final class SeedsOption {
  @Option(
      names = "--seeds",
      paramLabel = "COUNT",
      defaultValue = "3",
      description = "How many, from --seed on (default: ${DEFAULT-VALUE}).")
  private int count;

  /**
   * From the first on.
   *
   * @throws UserError if there is none
   */
  List<Long> from(long first) {
    if (count < 1) {
      throw new UserError("At least 1 seed is needed, not %d.".formatted(count));
    }
    return LongStream.range(first, first + count).boxed().toList();
  }
}
