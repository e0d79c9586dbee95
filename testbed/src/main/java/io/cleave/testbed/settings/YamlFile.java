package io.cleave.testbed.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads YAML token by token, because a tree from a library has lost its line numbers. */
public final class YamlFile {
  private final String name;
  private final JsonParser parser;

  private YamlFile(String name, JsonParser parser) {
    this.name = name;
    this.parser = parser;
  }

  /** Reads a file that holds keys at its top; an empty file holds none. */
  public static Setting.Fields read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the text of such a file; the name is for errors. */
  public static Setting.Fields parse(String name, String text) {
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      return new YamlFile(name, parser).top();
    } catch (JsonProcessingException e) {
      String first = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new UserError(
          "%s line %d: this is not YAML: %s".formatted(name, e.getLocation().getLineNr(), first));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Setting.Fields top() throws IOException {
    if (parser.nextToken() == null) {
      return new Setting.Fields(where(), Map.of());
    }
    Setting tree = value(where());
    if (tree instanceof Setting.Fields fields) {
      return fields;
    }
    throw tree.error("keys such as \"models:\" are expected here.");
  }

  private Setting value(String where) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return fields(where);
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return items(where);
    }
    boolean empty = parser.currentToken() == JsonToken.VALUE_NULL;
    return new Setting.Text(where, empty ? "" : parser.getText().strip());
  }

  private Setting items(String where) throws IOException {
    List<Setting> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(where()));
    }
    return new Setting.Items(where, values);
  }

  private Setting.Fields fields(String where) throws IOException {
    Map<String, Setting> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String place = where();
      parser.nextToken();
      if (values.put(key, value(place)) != null) {
        throw new UserError("%s: the key \"%s\" stands here twice.".formatted(place, key));
      }
    }
    return new Setting.Fields(where, values);
  }

  private String where() {
    return name + " line " + parser.currentTokenLocation().getLineNr();
  }
}
