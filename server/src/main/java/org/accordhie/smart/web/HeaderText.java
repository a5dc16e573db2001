package org.accordhie.smart.web;

import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * What may stand in a header: assigned characters that are no controls, and in a value tabs. These are {@link StrictHttpFirewall}'s
 * own rules, which it asks at every look at a header. By its regular expressions a long
 * token, looked at with all other headers several times in a request, took much of the time of a read.
 */
final class HeaderText {

    private HeaderText() {}

    /** Spring's firewall with these rules. */
    static HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(HeaderText::isName);
        firewall.setAllowedHeaderValues(HeaderText::isValue);
        return firewall;
    }

    static boolean isName(String text) {
        return isAscii(text) || text.codePoints().allMatch(HeaderText::isPlain);
    }

    static boolean isValue(String text) {
        return isAscii(text) || text.codePoints().allMatch(each -> each == '\t' || isPlain(each));
    }

    private static boolean isAscii(String text) {
        for (int place = 0; place < text.length(); place++) {
            if (text.charAt(place) < ' ' || text.charAt(place) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int character) {
        return Character.isDefined(character) && !Character.isISOControl(character);
    }
}
