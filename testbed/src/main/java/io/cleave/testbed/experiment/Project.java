package io.cleave.testbed.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Which Cleave this is: its version and, where it runs from a clone, its commit. */
final class Project {
  private Project() {}

  static ObjectNode json() {
    ObjectNode project = new ObjectMapper().createObjectNode();
    project.put("version", version());
    Optional<String> commit = git("rev-parse", "HEAD");
    project.put("commit", commit.orElse("unknown"));
    if (commit.isPresent()) {
      String changes = git("status", "--porcelain", "--untracked-files=no").orElse("");
      project.put("modified", !changes.isEmpty());
    }
    return project;
  }

  private static String version() {
    try (InputStream stream = Project.class.getResourceAsStream("project.properties")) {
      Properties properties = new Properties();
      if (stream != null) {
        properties.load(stream);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What git says in the folder that the program runs from; empty without git or a clone. */
  private static Optional<String> git(String... arguments) {
    String[] command = new String[arguments.length + 3];
    command[0] = "git";
    command[1] = "-C";
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    try {
      Path home =
          Path.of(Project.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      command[2] = (Files.isDirectory(home) ? home : home.resolveSibling(".")).toString();
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      git.getOutputStream().close();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException | URISyntaxException e) {
      return Optional.empty(); // no git here: the manifest says "unknown"
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
