package io.cleave.testbed.live;

import io.cleave.transport.process.ParentWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program for the tests: says what it is told to, then stays until somebody ends it. */
final class Talker {
  private Talker() {}

  /**
   * @param words what to say; {@code --fail} first: end with exit code 3 afterwards; {@code
   *     --farewell FILE} first: write that file at an orderly end
   */
  public static void main(String[] words) throws InterruptedException {
    int first = 0;
    if (words[0].equals("--farewell")) {
      Path file = Path.of(words[1]);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> farewell(file)));
      first = 2;
    }
    boolean fails = words[0].equals("--fail");
    for (int i = fails ? 1 : first; i < words.length; i++) {
      System.out.println(words[i]);
    }
    if (fails) {
      System.exit(3);
    }
    ParentWatch.watch(System.in, () -> System.exit(0));
    Thread.currentThread().join();
  }

  private static void farewell(Path file) {
    try {
      Files.writeString(file, "bye");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
