package io.cleave.testbed.live;

import java.nio.file.Path;
import java.time.Duration;

/** A program for the tests that starts another and says its process id, then stays. */
final class Forebear {
  private Forebear() {}

  /**
   * @param args the folder for the log
   */
  public static void main(String[] args) throws InterruptedException {
    Program child = ProgramTest.talker(Path.of(args[0]), "up");
    child.ready(Duration.ofMinutes(1), new Stop());
    System.out.println("child " + child.pid());
    Thread.currentThread().join();
  }
}
