package io.cleave.transport.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cleave.policies.wire.ControllerStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Each kind of message: its schema, its reader and random examples of it. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum MessageKind {
  REPORT("report", messages -> WireJson.write(messages.report()), WireJson::readReport),
  STATUS("status", messages -> WireJson.write(messages.status()), WireJson::readStatus),
  DECISION(
      "decision",
      messages -> WireJson.write(messages.decision(), RandomMessages.NOW),
      bytes -> WireJson.readDecision(bytes, RandomMessages.NOW)),
  CONTROLLER_STATUS(
      "controller-status",
      messages -> WireJson.write(new ControllerStatus("site-1", true)),
      WireJson::readControllerStatus);

  static final ObjectMapper MAPPER = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final String schemaName;
  private final Function<RandomMessages, byte[]> write;
  private final Consumer<byte[]> read;

  MessageKind(String name, Function<RandomMessages, byte[]> write, Consumer<byte[]> read) {
    this.schemaName = name;
    this.write = write;
    this.read = read;
  }

  /** As the schema's file and the reader's messages call it. */
  String schemaName() {
    return schemaName;
  }

  byte[] random(long seed) {
    return write.apply(new RandomMessages(seed));
  }

  /** One with all that may be missing. */
  ObjectNode fullTree(long seed) {
    return tree(write.apply(RandomMessages.full(seed)));
  }

  void read(byte[] json) {
    read.accept(json);
  }

  ObjectNode randomTree(long seed) {
    return tree(random(seed));
  }

  private static ObjectNode tree(byte[] message) {
    try {
      return (ObjectNode) MAPPER.readTree(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode schemaTree() {
    String file = "/schemas/" + schemaName + ".schema.json";
    try (InputStream in = requireNonNull(MessageKind.class.getResourceAsStream(file), file)) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Schema schema() {
    return SCHEMAS.getSchema(schemaTree());
  }
}
