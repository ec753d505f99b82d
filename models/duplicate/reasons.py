"""The reasons of a pair in words, see `engine.duplicate.sure`."""


def reasons_in_words(env, codes):
    """:param str codes: what is stored, such as `vat,name:92,-birth`
    :return: text such as “same VAT number, name 92 % alike; but: two birth dates”
    """
    labels = _labels(env)
    words, doubts = [], []
    for code in (codes or "").split(","):
        name, _colon, number = code.partition(":")
        if name == "name":
            words.append(
                env._("same name")
                if number == "100"
                else env._("name %s %% alike", number)
            )
        elif name in labels:
            (doubts if name.startswith("-") else words).append(labels[name])
    text = ", ".join(words)
    if not doubts:
        return text
    return env._("%(reasons)s; but: %(doubts)s", reasons=text, doubts=", ".join(doubts))


def _labels(env):
    return {
        "vat": env._("same VAT number"),
        "registry": env._("same company ID"),
        "iban": env._("same bank account"),
        "email": env._("same e-mail"),
        "phone": env._("same phone"),
        "zip": env._("same postcode"),
        "city": env._("same town"),
        "street": env._("same street"),
        "-vat": env._("two VAT numbers"),
        "-registry": env._("two company IDs"),
        "-birth": env._("two birth dates"),
        "-name": env._("different names"),
        "-branch": env._("maybe two branches"),
        "-place": env._("two postcodes"),
        "-country": env._("two countries"),
        "-type": env._("two types of address"),
        "-kind": env._("a company and a person"),
        "-form": env._("two legal forms"),
        "-phone": env._("two phones"),
        "-email": env._("two e-mails"),
    }
