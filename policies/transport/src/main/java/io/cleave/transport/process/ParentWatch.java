package io.cleave.transport.process;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends this process when the one that started it is gone: the starter holds the other end of the
 * standard input, which closes with it, however it dies. A bean of every application that links
 * this module; armed by {@code cleave.exit-with-parent=true}, off by default, since a service has
 * no standard input from the beginning.
 */
@Singleton
public final class ParentWatch {
  private final boolean armed;

  @Inject
  ParentWatch(
      @ConfigProperty(name = "cleave.exit-with-parent", defaultValue = "false") boolean armed) {
    this.armed = armed;
  }

  void started(@Observes Startup event) {
    if (armed) {
      watch(System.in, () -> System.exit(0)); // runs the shutdown hooks: an orderly stop
    }
  }

  /**
   * Reads to the end of a stream in a thread of its own.
   *
   * @param held by the other process
   * @param gone run once when the stream ends or fails
   */
  public static Thread watch(InputStream held, Runnable gone) {
    Thread watch = new Thread(() -> toEnd(held, gone), "parent-watch");
    watch.setDaemon(true);
    watch.start();
    return watch;
  }

  private static void toEnd(InputStream held, Runnable gone) {
    try {
      held.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A pipe that broke says the same as one that ended.
      System.err.println("The starting process is gone: " + e.getMessage());
    }
    gone.run();
  }
}
