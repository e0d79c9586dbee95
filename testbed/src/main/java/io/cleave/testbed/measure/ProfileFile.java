package io.cleave.testbed.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cleave.policies.profile.MeasuredProfile;
import io.cleave.policies.profile.MeasuredProfile.Segment;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps measured profiles as JSON: times in seconds, layers by their place in the network. */
public final class ProfileFile {
  private static final String FORMAT = "cleave-profile-1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProfileFile() {}

  /** Writes a profile; the file appears in full or not at all. */
  public static void write(Path file, MeasuredProfile profile, Measurement how) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("network", profile.network());
    root.put("fingerprint", profile.fingerprint());
    root.put("threads", how.threads());
    root.put("rounds", how.rounds());
    for (Segment segment : profile.segments()) {
      root.withArray("segments")
          .addObject()
          .put("first_layer", segment.first())
          .put("last_layer", segment.last())
          .put("seconds", segment.seconds());
    }
    try {
      byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
      WholeFiles.write(List.of(file), List.of(bytes));
    } catch (JsonProcessingException error) {
      throw new UncheckedIOException(error);
    }
  }

  /**
   * Reads a profile.
   *
   * @throws UserError if it is none
   * @throws UncheckedIOException if the file cannot be read
   */
  public static MeasuredProfile read(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (!root.path("format").asText().equals(FORMAT)) {
        throw new UserError("%s is no profile: its format is not %s.".formatted(file, FORMAT));
      }
      List<Segment> segments = new ArrayList<>();
      for (JsonNode segment : root.path("segments")) {
        segments.add(
            new Segment(
                number(file, segment, "first_layer").intValue(),
                number(file, segment, "last_layer").intValue(),
                number(file, segment, "seconds").doubleValue()));
      }
      return new MeasuredProfile(
          root.path("network").asText(), root.path("fingerprint").asText(), segments);
    } catch (JsonProcessingException error) {
      throw new UserError("%s is no JSON: %s".formatted(file, error.getOriginalMessage()));
    } catch (IllegalArgumentException error) {
      throw new UserError("%s: %s".formatted(file, error.getMessage()));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static JsonNode number(Path file, JsonNode segment, String key) {
    JsonNode value = segment.path(key);
    if (!value.isNumber()) {
      throw new UserError("%s: a segment lacks the number %s.".formatted(file, key));
    }
    return value;
  }
}
