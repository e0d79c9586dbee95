package io.cleave.testbed.live;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.cleave.testbed.UserError;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

/**
 * The Docker engine, and what our images are made of.
 *
 * @param baseImage with a Java runtime, that agents, controller and link emulator stand on
 * @param mosquittoImage with its configuration where the public one has it
 */
public record ContainerEngine(String baseImage, String mosquittoImage) {
  private static final String BASE = "eclipse-temurin:17-jre";
  private static final String MOSQUITTO = "eclipse-mosquitto:2.0.22";

  /** Images that the environment names, else public ones. */
  public static ContainerEngine ofEnvironment() {
    return new ContainerEngine(
        Optional.ofNullable(System.getenv("CLEAVE_BASE_IMAGE")).orElse(BASE),
        Optional.ofNullable(System.getenv("CLEAVE_MOSQUITTO_IMAGE")).orElse(MOSQUITTO));
  }

  /**
   * Complains if there is no engine.
   *
   * @throws UserError if none answers
   */
  public void check() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new UserError(
          "No Docker engine answers. Maybe start one and see whether \"docker info\" works for this user, or use cleave live, which needs none.");
    }
  }

  /** Why containers cannot be run without asking a registry; empty if they can. */
  public Optional<String> lacks() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.of("no Docker engine answers");
    }
    if (!has(baseImage)) {
      return Optional.of(baseImage + " is not there (docker pull, or .ci/images)");
    }
    return has(mosquittoImage)
        ? Optional.empty()
        : Optional.of(mosquittoImage + " is not there (docker pull, or .ci/images)");
  }

  private static boolean has(String image) {
    try {
      DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /**
   * Builds the image of a module as its Dockerfile says, and leaves it to the engine for the next
   * time; the one of the last time goes if nothing runs on it.
   *
   * @param parts of the module's folder that the image is made of, as .dockerignore has it
   */
  String build(CleaveHome home, String module, String... parts) {
    String name = "cleave/%s:built".formatted(module);
    Optional<String> before = id(name);
    ImageFromDockerfile image =
        new ImageFromDockerfile(name, false)
            .withFileFromPath("Dockerfile", home.folder().resolve(module).resolve("Dockerfile"))
            .withBuildArg("BASE_IMAGE", baseImage);
    for (String part : parts) {
      image.withFileFromPath(part, home.folder().resolve(module).resolve(part));
    }
    String built = image.get();
    before.filter(old -> !id(name).equals(Optional.of(old))).ifPresent(ContainerEngine::remove);
    return built;
  }

  private static Optional<String> id(String image) {
    try {
      return Optional.ofNullable(
          DockerClientFactory.lazyClient().inspectImageCmd(image).exec().getId());
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private static void remove(String id) {
    try {
      DockerClientFactory.lazyClient().removeImageCmd(id).exec();
    } catch (DockerException e) {
      // Somebody else runs on it or has named it, and may go on.
    }
  }

  DockerImageName mosquitto() {
    return DockerImageName.parse(mosquittoImage);
  }
}
