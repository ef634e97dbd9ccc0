package dev.flashvsr.deploy.inspect.pasted;

import java.util.regex.Pattern;

/** The ways in which shells and systems say that there is no nvidia-smi, in whatever language. */
final class MissingTool {
    /** A shell that names a command without a directory, and then complains, has not found it: in every language. */
    private static final Pattern BY_SHELL = Pattern.compile(
            "\\s{0,4}-?(?:/\\S{0,30}/)?(?:r?bash|sh|dash|ash|ksh|mksh|zsh|fish|t?csh|busybox|sudo|env|nohup|time|timeout|watch|exec|which|type)(?:\\[\\d{1,8}\\])?:"
                    + " (?:[^:]{1,60}: ){0,2}['\"`\u00ab\u201e\u201c]?\\s?nvidia-smi(?:\\.exe)?\\s?['\"\u00bb\u201c\u201d]?: ?\\S.*");

    private static final Pattern REFUSED = Pattern.compile(
            "(?iu)permission denied|keine berechtigung|отказано|permission non accord|autorisation refus|permiso denegado|permissão negada|odmowa|权限不够|許可がありません|허가 거부");

    private static final Pattern NAMED =
            Pattern.compile("(?:^|[^\\w/.-])(?:/usr/(?:local/)?bin/)?nvidia-smi(?:\\.exe)?(?:$|[^\\w/-])");

    private static final Pattern NOT_FOUND =
            Pattern.compile("(?iu)not found|no such file|unknown command|not recogni[sz]ed|not installed|^which: no "
                    + "|не найден|не является|не распознан|не установлен|не удалось найти|нет такого файла|не знайден|не розпізнан|не е намерен|није (?:про)?нађен"
                    + "|nicht gefunden|falsch geschrieben|nicht erkannt|nicht installiert|datei oder verzeichnis nicht"
                    + "|introuvable|non trouvée|pas trouvée?|pas été trouvé|pas reconnu|pas installé|aucun fichier"
                    + "|no se encontr|no encontrad|no se reconoce|no está instalad|no existe"
                    + "|não encontrad|não é reconhecid|não foi encontrad|não está instalad|arquivo ou diretório inexistente"
                    + "|non trovato|non è stato trovato|non è riconosciut|non è installat"
                    + "|nie znaleziono|nie odnaleziono|nie jest rozpoznawan|nie jest zainstalowan|nenalezen|nenájden|není názvem|ni mogoče najti|nije prona"
                    + "|niet gevonden|wordt niet herkend|hittades inte|finns inte|ikke funnet|ikke fundet|ei löydy|nem található|negăsit|nu a fost găsit"
                    + "|bulunamad|tanınmıyor|nerasta|nav atrast|ei leitud|không tìm thấy|tidak ditemukan|δεν? βρέθηκε"
                    + "|未找到|找不到|没有找到|沒有找到|不是内部或外部命令|不是內部或外部命令|无法将|無法辨識"
                    + "|見つかりません|認識されません|認識されていません|찾을 수 없|아닙니다|인식되지");

    private static final Pattern TO_INSTALL =
            Pattern.compile("\\s*(?:sudo )?(?:apt|apt-get|snap|dnf|yum|zypper|pacman)\\b.{0,200}");
    private static final Pattern BELOW = Pattern.compile(
            "(?iu)\\s*\\+ .*|\\s*At line:.*|.{0,120}(?:batch file|пакетн|batch-?datei|fichier de commandes|archivo por lotes|arquivo em lotes|批处理).{0,60}");

    private MissingTool() {}

    /** Whether this line says so. */
    static boolean isSaidBy(String line) {
        if (!line.contains("nvidia-smi") || line.length() > 600 || line.startsWith("|")) {
            return false;
        }
        if (REFUSED.matcher(line).find()) {
            return false;
        }
        return BY_SHELL.matcher(line).matches()
                || NAMED.matcher(line).find() && NOT_FOUND.matcher(line).find();
    }

    /** Whether {@code line} goes on with what the line above says: how to install it, where it was looked for. */
    static boolean goesOn(String above, String line) {
        return TO_INSTALL.matcher(line).matches()
                || BELOW.matcher(line).matches()
                || line.isBlank() && above.strip().endsWith(":")
                || !line.isBlank() && above.strip().endsWith(",")
                || above.contains("cmdlet") && !line.isBlank();
    }
}
