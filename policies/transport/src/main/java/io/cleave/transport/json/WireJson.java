package io.cleave.transport.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cleave.policies.wire.ControllerStatus;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.MalformedMessage.Kind;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Messages as JSON and back, by the format that docs/protocol.md and the schemas describe. Unknown
 * fields are ignored, missing ones refused; a number that is absent where the schema allows it is
 * infinite. Whatever the bytes, a reader answers with a record or {@link MalformedMessage}.
 *
 * <p>Writers throw {@link IllegalArgumentException} for a record that no reader would take, see
 * {@link WireLimits}. Safe for many threads.
 */
public final class WireJson {
  /** Number of the format, the field {@code v} of every message. */
  public static final int FORMAT = 1;

  private static final String VERSION = "v";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(WireLimits.DEPTH)
                          .maxStringLength(WireLimits.CHARS)
                          .maxNameLength(2 * WireLimits.TITLE_CHARS) // in UTF-16
                          .maxNumberLength(WireLimits.DIGITS)
                          .maxTokenCount(WireLimits.TOKENS)
                          .build())
                  // No message shall leave anything behind in memory that all share.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                  .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectReader TREES = MAPPER.readerFor(JsonNode.class);

  private WireJson() {}

  public static byte[] write(Report report) {
    return bytes(WireLimits.REPORT_BYTES, to -> ReportJson.write(to, report));
  }

  public static byte[] write(Status status) {
    return bytes(WireLimits.REPORT_BYTES, to -> StatusJson.write(to, status));
  }

  public static byte[] write(ControllerStatus status) {
    return bytes(WireLimits.REPORT_BYTES, to -> StatusJson.write(to, status));
  }

  /** A decision whose lease has begun to run at {@code now}; one that is over travels as 0 s. */
  public static byte[] write(Decision decision, Instant now) {
    return bytes(WireLimits.DECISION_BYTES, to -> DecisionJson.write(to, decision, now));
  }

  public static Report readReport(byte[] json) {
    return ReportJson.read(fields("report", json, WireLimits.REPORT_BYTES));
  }

  public static Status readStatus(byte[] json) {
    return StatusJson.read(fields("status", json, WireLimits.REPORT_BYTES));
  }

  public static ControllerStatus readControllerStatus(byte[] json) {
    return StatusJson.readController(fields("controller-status", json, WireLimits.REPORT_BYTES));
  }

  /**
   * A decision as it holds here.
   *
   * @param receivedAt by the reader's clock, from which the lease counts
   */
  public static Decision readDecision(byte[] json, Instant receivedAt) {
    return DecisionJson.read(fields("decision", json, WireLimits.DECISION_BYTES), receivedAt);
  }

  private static Fields fields(String message, byte[] json, int most) {
    if (json.length > most) {
      throw new MalformedMessage(
          Kind.TOO_LARGE,
          "A %s must have at most %d bytes, not %d.".formatted(message, most, json.length));
    }
    Fields fields = new Value(tree(message, json), "", message).object();
    long version = fields.count(VERSION, 0);
    if (version != FORMAT) {
      throw new MalformedMessage(
          Kind.UNKNOWN_VERSION,
          "%s.%s must be %d, not %d. Maybe one end is newer than the other."
              .formatted(message, VERSION, FORMAT, version));
    }
    return fields;
  }

  private static JsonNode tree(String message, byte[] json) {
    try {
      JsonNode tree =
          TREES.readTree(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString());
      if (tree.isMissingNode()) {
        throw unreadable(Kind.NOT_JSON, message, "there is nothing in it");
      }
      return tree;
    } catch (CharacterCodingException noText) {
      throw unreadable(Kind.NOT_JSON, message, "the bytes are not UTF-8");
    } catch (StreamConstraintsException tooLarge) {
      throw unreadable(Kind.TOO_LARGE, message, tooLarge.getOriginalMessage());
    } catch (JacksonException noJson) {
      throw unreadable(Kind.NOT_JSON, message, noJson.getOriginalMessage());
    }
  }

  private static MalformedMessage unreadable(Kind kind, String message, String why) {
    return new MalformedMessage(
        kind, "A %s cannot be read: %s".formatted(message, MalformedMessage.shown(why)));
  }

  private static byte[] bytes(int most, Consumer<FieldWriter> write) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put(VERSION, FORMAT);
    write.accept(FieldWriter.into(root));
    try {
      byte[] json = MAPPER.writeValueAsBytes(root);
      if (json.length > most) {
        throw new IllegalArgumentException(
            "A message must have at most %d bytes, not %d.".formatted(most, json.length));
      }
      return json;
    } catch (JacksonException impossible) { // into memory, of text that was checked
      throw new UncheckedIOException(impossible);
    }
  }
}
