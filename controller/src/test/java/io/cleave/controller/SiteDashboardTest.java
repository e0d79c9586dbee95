package io.cleave.controller;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Who serves whom, as people see it, while the site as a whole chooses. */
@QuarkusTest
@TestProfile(SiteDashboardTest.Profile.class)
@QuarkusTestResource(Broker.class)
class SiteDashboardTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> SERVERS = List.of("edge-1", "edge-2", "edge-3");

  private final List<String> devices = new ArrayList<>();
  private int reports;
  private Browser browser;
  private SitePort site;

  /** The site chooses the servers. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("cleave.controller.targeting", "swap-matching");
    }
  }

  @BeforeEach
  void openTheDashboard() {
    browser = Browser.assume();
    site = SitePort.ofController();
    SERVERS.forEach(server -> site.say(Agents.server(server, 1)));
    browser.theme("light");
    browser.resize(1440, 1000);
  }

  @AfterEach
  void leave() {
    if (site != null) {
      site.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void showsWhoServesWhomAndWhyADeviceWasMoved() throws IOException {
    join("cam", 6);
    report(20, 20);
    visit();
    helped(6);
    assertThat(text("#detail .title")).contains("devices, 3 servers", "chosen by swap-matching");
    assertThat(text(".servers")).contains("edge-1", "edge-2", "edge-3", "cam-1");
    report(0.05, 20); // the link to the first server is no good any more
    shown(".moves", "instead of edge-1");
    browser.photograph("site");
    for (String theme : List.of("light", "dark")) {
      browser.theme(theme);
      browser.resize(390, 844);
      double width = number("document.scrollingElement.scrollWidth");
      assertThat(width).as("nothing sticks out").isBetween(100.0, 390.0);
      assertThat(text("#detail .title")).contains("Who serves whom");
      shown("#detail .title", "Who serves whom"); // not the chosen agent's place
      browser.photograph("site-narrow-" + theme);
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void isOfUseWithAThousandDevices() throws IOException {
    join("crowd", 1_000);
    report(20, 20);
    visit();
    await("all are drawn")
        .atMost(PATIENCE)
        .until(
            () -> {
              report(20, 20);
              return sum() >= 1_000;
            });
    browser.photograph("site-thousand");
    browser.driver().findElement(By.cssSelector("#detail canvas")).click();
    await().atMost(PATIENCE).until(() -> url().contains("#/agent/"));
    assertThat(browser.complaints()).isEmpty();
  }

  private void join(String kind, int count) {
    for (int i = 1; i <= count; i++) {
      devices.add(kind + "-" + i);
      site.say(Agents.device(kind + "-" + i, 1));
    }
    String last = devices.get(devices.size() - 1);
    await().atMost(PATIENCE).until(() -> get("/api/agents/" + last).statusCode() == 200);
    await().atMost(PATIENCE).until(() -> get("/api/agents/" + last).path("trouble") == null);
  }

  /** Of everybody, over links to the first server and to the others. */
  private void report(double firstMbps, double othersMbps) {
    SERVERS.forEach(server -> site.say(Agents.report(server, 1, reports)));
    List<LinkReport> links =
        SERVERS.stream()
            .map(each -> link(each, each.equals("edge-1") ? firstMbps : othersMbps))
            .toList();
    for (String device : devices) {
      site.say(new Report(device, new Stamp(1, reports), LoadReport.IDLE, links, List.of(), 0));
    }
    reports++;
  }

  private static LinkReport link(String server, double mbps) {
    return new LinkReport(server, mbps * 1e6, mbps * 1e6, 0.01, List.of(1.0));
  }

  private void helped(int count) {
    await("%d devices are drawn".formatted(count)).atMost(PATIENCE).until(() -> sum() >= count);
  }

  /** Devices in the rows of the servers, and of nobody. */
  private int sum() {
    return (int)
        number(
            "[...document.querySelectorAll('.servers tbody tr td:nth-child(2)')]"
                + ".reduce((sum, cell) => sum + Number(cell.innerText.replace(',', '')), 0)");
  }

  private void visit() {
    browser.driver().get("http://localhost:" + RestAssured.port + "/#/site");
  }

  private String url() {
    return String.valueOf(browser.driver().getCurrentUrl());
  }

  private double number(String expression) {
    Object value = browser.driver().executeScript("return " + expression);
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  private String text(String selector) {
    return String.valueOf(
        browser
            .driver()
            .executeScript("return document.querySelector('%s').innerText".formatted(selector)));
  }

  private void shown(String selector, String words) {
    await("%s says \"%s\"".formatted(selector, words))
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> text(selector).contains(words));
  }
}
